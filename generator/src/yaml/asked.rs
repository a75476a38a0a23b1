//! What the readers ask of mappings, for the test that holds the schemas against them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Keys by what the mapping is.
pub(crate) type Asked = BTreeMap<&'static str, BTreeSet<&'static str>>;

thread_local! {
    static ASKED: RefCell<Asked> = const { RefCell::new(BTreeMap::new()) };
}

pub(crate) fn note(what: &'static str, keys: &[&'static str]) {
    ASKED.with_borrow_mut(|asked| asked.entry(what).or_default().extend(keys));
}

pub(crate) fn forget() {
    ASKED.with_borrow_mut(BTreeMap::clear);
}

pub(crate) fn all() -> Asked {
    ASKED.with_borrow(Clone::clone)
}
