//! What happens when: a calendar with a page a millisecond, since a heap is slow with a million entries.

use steadysocket::core::Instant;

#[derive(Debug)]
pub(crate) struct Agenda<E> {
    pages: Vec<Vec<(Instant, E)>>,
    page: usize,
    /// How many entries there are.
    len: usize,
}

impl<E: Ord> Agenda<E> {
    pub(crate) fn new() -> Self {
        Self { pages: Vec::new(), page: 0, len: 0 }
    }

    /// What lies in the past happens as soon as may be.
    pub(crate) fn add(&mut self, at: Instant, entry: E) {
        let page = usize::try_from(at.as_micros() / 1_000).unwrap_or(usize::MAX).max(self.page);
        if page >= self.pages.len() {
            self.pages.resize_with(page + 1, Vec::new);
        }
        self.pages[page].push((at, entry));
        self.len += 1;
    }

    /// Takes out all that happens in the next millisecond in which something does, in order. What is added to that
    /// same millisecond meanwhile comes with the next call.
    pub(crate) fn next_page(&mut self) -> Option<Vec<(Instant, E)>> {
        if self.len == 0 {
            return None;
        }
        while self.pages[self.page].is_empty() {
            self.page += 1;
        }
        let mut page = core::mem::take(&mut self.pages[self.page]);
        page.sort_unstable();
        self.len -= page.len();
        Some(page)
    }

    #[cfg(test)]
    pub(crate) fn len(&self) -> usize {
        self.len
    }
}
