//! tests: documented examples, and what tests of any request and any answer need of the types.

mod answers;
mod examples;
mod requests;

use crate::emit::work::Work;
use crate::model::Model;

pub(super) fn emit<'a>(model: &'a Model, work: &mut Work<'a>) {
    work.add("tests/examples.rs", move || examples::tests_file(model));
    // In a folder of their own, so that cargo takes neither for a test: other tests include them.
    work.add("tests/support/requests.rs", move || requests::requests_file(model));
    work.add("tests/support/answers.rs", move || answers::answers_file(model));
}
