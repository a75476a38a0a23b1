//! `aliyun-rpc-gen import`: holds the spec against the request metadata that the provider publishes for its command-line
//! client, adds parameters that the spec lacks to its files, drafts files for actions that it lacks.
//!
//! The way of the data: [`metadata`] reads the JSON, [`compare`] finds the differences, [`draft`] writes YAML,
//! [`merge`] puts it into a file that is there, [`plan`] gathers what is to be written, [`scratch`] makes a spec of all that there is,
//! [`command`] reports and writes.

pub mod command;
pub mod compare;
pub mod draft;
pub mod merge;
pub mod metadata;
pub mod plan;
pub mod scratch;
