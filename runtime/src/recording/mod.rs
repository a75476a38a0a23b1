//! Exchanges with the service, recorded in a file and replayed from it: for tests that need no account and no network.
//!
//! ```no_run
//! # fn run(service: &'static aliyun_rpc::schema::Service) -> Result<(), Box<dyn std::error::Error>> {
//! use aliyun_rpc::Config;
//! use aliyun_rpc::recording::{Recording, Replay};
//!
//! // Once, with an account:
//! let recording = Recording::new(service);
//! let config = Config::from_env()?.record(&recording);
//! // ... make calls, then:
//! recording.save("tests/lines.json")?;
//!
//! // In each test:
//! let replay = Replay::load(service, "tests/lines.json")?;
//! let config = Config::new().region("cn-hangzhou").replay(&replay);
//! // ... make the same calls, then:
//! assert!(replay.unused().is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! # What is recorded
//! Each answer of the service, in the order in which they came, with the action and the parameters that it answers. An
//! attempt without an answer is not recorded; nor is how credentials were fetched.
//!
//! Secrets stand as `***`: the value of every parameter, and of every field at any depth of an answer, that has the name of
//! one that the spec calls sensitive for any action; and in all else of an answer the values of these parameters, the
//! access key id, the signature and the security token. Of headers only those are kept that the client reads. What the
//! spec does not know cannot be known to be a secret: read a file before you publish it.
//!
//! # The file
//! JSON, for people to read and to change:
//!
//! ```json
//! {
//!   "api": "2016-04-28",
//!   "exchanges": [
//!     {
//!       "action": "DescribePhysicalConnections",
//!       "headers": { "content-type": "application/json" },
//!       "json": { "PhysicalConnectionSet": { "PhysicalConnectionType": [] }, "TotalCount": 0 },
//!       "parameters": { "PageSize": "50", "RegionId": "cn-hangzhou" },
//!       "status": 200
//!     }
//!   ],
//!   "format": "aliyun-rpc recording",
//!   "product": "Vpc",
//!   "version": 1
//! }
//! ```
//!
//! The body of an answer stands in `json`, or in `xml` as a text; both are as good as the original, but not byte for byte.
//! One that is neither is left out, and `left_out` says why: it is replayed as an empty body. A change after which an
//! older version would misread a file raises `version`; this one reads version 1.
//!
//! # What is replayed
//! A request gets the first answer, not used yet, that was recorded for its action and its parameters. Those do not count
//! that the client makes (time, nonce, signature, credentials, format of the answer, idempotency token), and any value
//! matches `***`. Calls may come in another order than they were recorded, also at the same time; the same request again
//! gets the next of its answers, so that pages and waiters see what they saw. Where there is none, the call fails with
//! [`NotRecorded`](crate::transport::TransportErrorKind::NotRecorded), and the error says what was asked and what is left.

mod asked;
mod body;
mod error;
mod exchange;
mod file;
mod recorder;
mod replay;
#[cfg(test)]
mod tests;

pub use error::RecordingError;
pub use recorder::Recording;
pub use replay::Replay;
