//! The story of a life, for whoever has to understand it.

use std::cell::RefCell;
use std::fmt::Write;

use steadysocket::core::Instant;

thread_local! {
    // Here, since it is told when the world is gone.
    static STORY: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Has this thread's life written down from now on.
pub(crate) fn begin() {
    STORY.set(Some(String::new()));
}

/// What was written since it began.
pub(crate) fn end() -> String {
    STORY.take().unwrap_or_default()
}

/// Writes a line, if there is a story to be told.
pub(crate) fn note(now: Instant, start: Instant, line: impl FnOnce() -> String) {
    STORY.with_borrow_mut(|story| {
        let Some(story) = story else { return };
        let micros = (now - start).as_micros();
        let (minutes, seconds) = (micros / 60_000_000, micros / 1_000_000 % 60);
        // Writing to a string cannot fail.
        let _ = writeln!(story, "{minutes:5}:{seconds:02}.{:06}  {}", micros % 1_000_000, line());
    });
}

/// With spans in milliseconds, as people read them, and no more names than needed.
pub(crate) fn readable(text: &str) -> String {
    let mut parts = text.split("Duration(");
    let mut readable = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (micros, rest) = part.split_once(')').unwrap_or((part, ""));
        match micros.parse::<u64>() {
            Ok(micros) => {
                let _ = write!(readable, "{}.{:03} ms{rest}", micros / 1_000, micros % 1_000);
            }
            Err(_) => readable.push_str(part),
        }
    }
    readable.replace(".000 ms", " ms").replace("‹ Effect(", "‹ (").replace("‹ Event(", "‹ (")
}
