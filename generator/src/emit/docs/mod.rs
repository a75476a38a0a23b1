//! docs
use crate::model::Model;
use crate::write::Files;
pub(super) fn emit(_: &Model, _: &mut Files) {}
