//! What the generated requests have in common.

use crate::decode::Decode;
use crate::parameters::{Parameters, Writer};
use crate::schema::Action;
use crate::validate::{self, Violations};

/// A call that can be sent: the action, its parameters, the type of its answer.
pub trait Request {
    /// What a successful call answers.
    type Response: Decode + Default + Send;

    /// What the spec says about the action.
    const ACTION: &'static Action;

    /// Writes the parameters that are set.
    fn encode(&self, writer: &mut Writer<'_>);

    /// The parameters that are set, by their names on the wire.
    #[inline]
    fn parameters(&self) -> Parameters {
        // What the client adds and signs with has room, too. Few requests set more; memory for more costs each of them.
        let mut parameters = Parameters::with_capacity(Self::ACTION.parameters.len().min(10) + 10);
        self.encode(&mut Writer::new(&mut parameters));
        parameters
    }

    /// Checks the parameters against every rule of the spec, all at once, without sending anything. What the client
    /// adds when it sends (the region, the idempotency token) is not missed here.
    #[inline]
    fn check(&self) -> Violations {
        validate::request(Self::ACTION, &self.parameters())
    }
}

/// The methods that every request has, so that its users need not import the trait: the macro is for generated code.
#[doc(hidden)]
#[macro_export]
macro_rules! request_methods {
    ($name:ident) => {
        impl $name {
            /// Sets a parameter by its name on the wire: for what this crate does not know yet. It replaces a value that
            /// was set by other means.
            #[must_use]
            #[inline]
            pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
                self.extra.set(name.into(), value);
                self
            }

            /// Checks the parameters against every rule of the spec, all at once, without sending anything. What the
            /// client adds when it sends (the region, the idempotency token) is not missed here.
            #[must_use]
            #[inline]
            pub fn validate(&self) -> $crate::Violations {
                $crate::Request::check(self)
            }
        }
    };
}
