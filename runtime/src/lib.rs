//! Calls RPC-style APIs of Alibaba Cloud.
//!
//! This crate knows how such an API is called (credentials, signature, transport, answers, errors, rules) but no
//! action of any product: those come from a generated crate, which hands over its [`schema::Service`].

pub mod decode;
pub mod schema;

#[cfg(feature = "blocking")]
pub mod blocking;
#[cfg(feature = "client")]
mod client;
#[cfg(feature = "client")]
mod config;
#[cfg(feature = "client")]
pub mod credentials;
#[cfg(feature = "client")]
mod error;
mod filter;
#[cfg(feature = "client")]
pub mod intercept;
#[cfg(feature = "client")]
mod pages;
mod parameters;
mod raw_answer;
#[cfg(feature = "client")]
pub mod recording;
mod request;
#[cfg(feature = "client")]
mod retry;
#[cfg(feature = "client")]
pub mod sign;
#[cfg(feature = "client")]
mod sleep;
mod text;
mod time;
#[cfg(feature = "client")]
pub mod transport;
mod validate;
#[cfg(feature = "client")]
mod wait;

#[cfg(feature = "client")]
pub use client::{Client, DryRun, Reply, SignedUrl};
#[cfg(feature = "client")]
pub use config::{AnswerFormat, Config, Network, Proxy, Stamps, Timeouts};
#[cfg(feature = "client")]
pub use credentials::{Credentials, CredentialsError, ProvideCredentials};
#[cfg(feature = "client")]
pub use error::{Error, ErrorKind, Refusal, SignatureFault, Started, Unreadable};
pub use filter::Filter;
#[cfg(feature = "client")]
pub use pages::{Items, Mark, Page, Pages};
pub use parameters::{Encode, Parameters, Writer};
pub use raw_answer::RawAnswer;
pub use request::Request;
#[cfg(feature = "client")]
pub use retry::{NotRepeated, Retries};
pub use schema::SignatureVersion;
#[cfg(feature = "blocking")]
pub use sleep::ThreadSleep;
#[cfg(feature = "hyper")]
pub use sleep::TokioSleep;
#[cfg(feature = "client")]
pub use sleep::{Sleep, Sleeping};
#[doc(hidden)]
pub use text::spelt;
pub use text::{Ipv4Address, Ipv6Address, Sensitive, Timestamp};
pub use validate::{Severity, Validation, ViolatedRule, Violation, Violations};
#[cfg(feature = "client")]
pub use wait::{Key, Outcome, Progress, Starts, State, Unsettled, UnsettledReason, Wait};
