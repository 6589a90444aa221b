//! A sorted list that mostly has one in it: a name is mostly of one customer, an address nearly always.

use std::ops::Deref;

/// One or more, sorted, each once. One of them takes no memory of its own.
#[derive(Debug, Clone)]
pub(super) enum Few<T> {
    One(T),
    Many(Vec<T>),
}

impl<T: Ord + Copy> Few<T> {
    /// Adds one; customers mostly come in order, at the end.
    pub fn insert(&mut self, one: T) {
        match self {
            Self::One(only) if *only == one => {}
            Self::One(only) => {
                let mut both = vec![*only, one];
                both.sort_unstable();
                *self = Self::Many(both);
            }
            Self::Many(all) => {
                if all.last().is_some_and(|last| *last < one) {
                    all.push(one);
                } else if let Err(at) = all.binary_search(&one) {
                    all.insert(at, one);
                }
            }
        }
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Self::One(only) => std::slice::from_ref(only),
            Self::Many(all) => all,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_sorted_and_has_each_once() {
        for order in [[1, 2, 3, 3], [3, 2, 1, 2], [2, 2, 3, 1], [3, 1, 3, 2]] {
            let mut few = Few::One(order[0]);
            assert_eq!(*few, order[..1]);
            order.iter().for_each(|one| few.insert(*one));
            assert_eq!(*few, [1, 2, 3], "{order:?}");
        }
    }
}
