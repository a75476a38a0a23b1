//! tests: documented examples, and what tests of any request and any answer need of the types.

mod answers;
mod examples;
mod requests;

use crate::model::Model;
use crate::write::Files;

pub(super) fn emit(model: &Model, files: &mut Files) {
    files.insert("tests/examples.rs".into(), examples::tests_file(model));
    // In a folder of their own, so that cargo takes neither for a test: other tests include them.
    files.insert("tests/support/requests.rs".into(), requests::requests_file(model));
    files.insert("tests/support/answers.rs".into(), answers::answers_file(model));
}
