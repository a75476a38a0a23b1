//! src/error.rs: why a call failed.

use super::file;
use quote::quote;

pub(super) fn error_file() -> String {
    file(&quote! {
        use crate::ErrorCode;
        use aliyun_rpc::{ErrorKind, NotRepeated, Started};
        use std::fmt;

        /// Why a call failed.
        ///
        /// `Display` gives one line with everything that is known; [`Error::kind`] tells the cases apart,
        /// [`Error::code`] the service's refusals. [`Error::is_retryable`], [`Error::is_throttled`] and
        /// [`Error::is_not_found`] answer what programs most often ask. No text holds a secret, a signature or a sensitive value.
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

            /// How many requests were sent, or tried to be sent; 0 if it did not come to that.
            #[must_use]
            pub fn attempts(&self) -> u32 {
                self.0.attempts()
            }

            /// Whether the same call may succeed a little later, and making it again is safe: it reads, or certainly had
            /// no effect, or carried an idempotency token that the request itself set.
            ///
            /// False for a call that may have had its effect under a token that the client made, as a new call would get
            /// a new one: set [`Error::idempotency_token`] in the request to repeat that one. False too where the call
            /// succeeded and only the wait behind it failed ([`Error::started`]).
            #[must_use]
            pub fn is_retryable(&self) -> bool {
                self.0.is_retryable()
            }

            /// Whether there were too many requests.
            #[must_use]
            pub fn is_throttled(&self) -> bool {
                self.0.is_throttled()
            }

            /// Whether a resource that the request names does not exist. Not so for an unknown region, account, access
            /// key or action.
            #[must_use]
            pub fn is_not_found(&self) -> bool {
                self.0.is_not_found()
            }

            /// Whether the call may have had its effect all the same, in one of its attempts. Never so for one that reads.
            #[must_use]
            pub fn may_have_changed_something(&self) -> bool {
                self.0.may_have_changed_something()
            }

            /// The call of a `send_and_wait` that succeeded before the wait for it failed: make the wait again, not the call.
            #[must_use]
            pub fn started(&self) -> Option<&Started> {
                self.0.started()
            }

            /// Why the call was not repeated, although its failure passes by itself.
            #[must_use]
            pub fn not_repeated(&self) -> Option<NotRepeated> {
                self.0.not_repeated()
            }

            /// The idempotency token that a call carried that was to change something. A call with the same parameters
            /// and the same token has no second effect.
            #[must_use]
            pub fn idempotency_token(&self) -> Option<&str> {
                self.0.idempotency_token()
            }

            /// Where the call was to go, as `https://HOST`; none if it did not come to that.
            #[must_use]
            pub fn endpoint(&self) -> Option<&str> {
                self.0.endpoint()
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
