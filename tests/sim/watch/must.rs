//! Assertions that are counted.

use std::cell::Cell;

thread_local! {
    static CHECKED: Cell<u64> = const { Cell::new(0) };
}

/// How often something was checked on this thread.
pub(crate) fn checked() -> u64 {
    CHECKED.get()
}

pub(crate) fn count() {
    CHECKED.set(CHECKED.get() + 1);
}

macro_rules! must {
    ($($holds:tt)+) => {{ $crate::watch::must::count(); assert!($($holds)+) }};
}

macro_rules! must_eq {
    ($($same:tt)+) => {{ $crate::watch::must::count(); assert_eq!($($same)+) }};
}

macro_rules! must_ne {
    ($($other:tt)+) => {{ $crate::watch::must::count(); assert_ne!($($other)+) }};
}
