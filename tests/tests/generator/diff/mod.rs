//! Comparing two specs: the verdict on single changes, against the compiler; the forms of the report.

mod cases;
mod compiled;
mod compiler;
mod reports;
