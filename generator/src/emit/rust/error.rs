//! src/error.rs: why a call failed.

use super::file;
use quote::quote;

pub(super) fn error_file() -> String {
    file(&quote! {
        use crate::ErrorCode;
        use aliyun_rpc::ErrorKind;
        use std::fmt;

        /// Why a call failed.
        ///
        /// `Display` gives one line with everything that is known; [`Error::kind`] tells the cases apart,
        /// [`Error::code`] the service's refusals. No text holds a secret, a signature or a sensitive value.
        pub struct Error(aliyun_rpc::Error);

        impl Error {
            /// What went wrong.
            #[must_use]
            pub fn kind(&self) -> &ErrorKind {
                self.0.kind()
            }

            /// The code with which the service refused the call.
            #[must_use]
            pub fn code(&self) -> Option<ErrorCode> {
                self.0.code().map(ErrorCode::from)
            }

            /// The action that was called.
            #[must_use]
            pub fn action(&self) -> Option<&str> {
                self.0.action()
            }

            /// The HTTP status of the answer.
            #[must_use]
            pub fn status(&self) -> Option<u16> {
                self.0.status()
            }

            /// The id under which the provider's support finds the call.
            #[must_use]
            pub fn request_id(&self) -> Option<&str> {
                self.0.request_id()
            }
        }

        impl From<aliyun_rpc::Error> for Error {
            fn from(error: aliyun_rpc::Error) -> Self {
                Self(error)
            }
        }

        impl fmt::Display for Error {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl fmt::Debug for Error {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl std::error::Error for Error {
            fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
                self.0.source()
            }
        }
    })
}
