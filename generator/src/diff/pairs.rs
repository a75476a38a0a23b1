//! Which entry of the new list is which of the old one.

/// What became of the entries of a list.
pub(super) struct Pairs<'a, T> {
    /// Entries that both lists have, in the order of the new one.
    pub(super) both: Vec<(&'a T, &'a T)>,
    /// Entries that the new list lacks.
    pub(super) removed: Vec<&'a T>,
    /// Entries that the old list lacks.
    pub(super) added: Vec<&'a T>,
}

/// Pairs the entries for which the first of these tests holds, then, of the rest, those for which the next one does.
pub(super) fn pairs<'a, T>(old: &'a [T], new: &'a [T], tests: &[fn(&T, &T) -> bool]) -> Pairs<'a, T> {
    let mut removed: Vec<&T> = old.iter().collect();
    let mut partners: Vec<Option<&T>> = vec![None; new.len()];
    for test in tests {
        for (entry, partner) in new.iter().zip(&mut partners).filter(|(_, partner)| partner.is_none()) {
            if let Some(at) = removed.iter().position(|candidate| test(candidate, entry)) {
                *partner = Some(removed.remove(at));
            }
        }
    }
    let mut found = Pairs { both: Vec::new(), removed, added: Vec::new() };
    for (entry, partner) in new.iter().zip(partners) {
        match partner {
            Some(old) => found.both.push((old, entry)),
            None => found.added.push(entry),
        }
    }
    found
}

impl<T> Pairs<'_, T> {
    /// Whether entries that both lists have changed places.
    pub(super) fn is_reordered<K: PartialEq>(&self, old: &[T], key: impl Fn(&T) -> K) -> bool {
        let kept = old.iter().map(&key).filter(|name| self.both.iter().any(|(old, _)| key(old) == *name));
        !kept.eq(self.both.iter().map(|(old, _)| key(old)))
    }
}

#[cfg(test)]
mod tests {
    use super::pairs;

    #[test]
    fn entries_are_paired_by_the_first_test_that_holds() {
        let same = |a: &&str, b: &&str| a == b;
        let alike = |a: &&str, b: &&str| a.eq_ignore_ascii_case(b);
        let (old, new) = (["a", "b", "c", "gone"], ["B", "c", "a", "A", "new"]);
        let found = pairs(&old, &new, &[same, alike]);
        assert_eq!(found.both, [(&"b", &"B"), (&"c", &"c"), (&"a", &"a")]);
        assert_eq!((found.removed, found.added.clone()), (vec![&"gone"], vec![&"A", &"new"]));
    }

    #[test]
    fn a_new_entry_does_not_change_the_order_but_a_swap_does() {
        let same = |a: &&str, b: &&str| a == b;
        let reordered = |old: &[&'static str], new: &[&'static str]| {
            pairs(old, new, &[same]).is_reordered(old, |entry| *entry)
        };
        assert!(!reordered(&["a", "b", "c"], &["new", "a", "c", "d"]));
        assert!(reordered(&["a", "b", "c"], &["b", "a", "c"]));
    }
}
