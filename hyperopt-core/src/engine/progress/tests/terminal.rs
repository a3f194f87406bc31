//! What is on the screen.

use indicatif::{InMemoryTerm, TermLike};

use super::*;
use crate::engine::progress::screen::{Bar, Screen};

fn screen(width: u16) -> (Arc<Screen>, InMemoryTerm) {
    let terminal = InMemoryTerm::new(12, width);
    let shown = terminal.clone();
    (Arc::new(Screen::new(move || -> Box<dyn TermLike> { Box::new(shown.clone()) }, false)), terminal)
}

fn on(screen: &Arc<Screen>, has_trials: bool) -> (Reporter, Sweep) {
    let sweep = empty();
    let bar = |status: &_| Out::Bar(Bar::new(Arc::clone(screen), Arc::clone(status), has_trials));
    (Reporter::shown(Some(4), false, &sweep, bar), sweep)
}

#[test]
fn the_bar_is_there_from_the_start_and_stays_at_the_end() {
    for width in [40, 80, 120] {
        let (screen, terminal) = screen(width);
        let (mut reporter, mut sweep) = on(&screen, false);
        assert!(terminal.contents().contains("0/4 | 0 s"), "{}", terminal.contents());
        let number = open(&mut sweep, &mut reporter, None);
        // The ticker draws what has changed.
        while !terminal.contents().contains("1 running 0 s") {
            thread::sleep(Duration::from_millis(1));
        }
        close(&mut sweep, &mut reporter, number, Outcome::value(0.5));
        screen.draw();
        assert!(terminal.contents().contains("1/4"), "{}", terminal.contents());
        reporter.finish();
        let left = terminal.contents();
        assert_eq!(left.lines().count(), 1, "{left}");
        assert!(left.contains("1/4") && left.contains("best 0.5"), "{left}");
    }
}

#[test]
fn output_in_between_leaves_no_copy_of_the_bar() {
    let (screen, terminal) = screen(80);
    let (mut reporter, mut sweep) = on(&screen, true);
    open(&mut sweep, &mut reporter, None);
    screen.draw();
    let print = |text: &str| screen.suspend(|| screen.suspend(|| terminal.write_line(text).unwrap()));
    print("one");
    print("two");
    let shown = terminal.contents();
    let lines: Vec<_> = shown.lines().collect();
    assert_eq!(lines[..2], ["one", "two"], "{shown}");
    assert!(lines[2].contains("0/4, 1 running"), "{shown}");
    assert_eq!(lines[3], "  trial 0  0 s  learning_rate = 0.125, momentum = 0.5");
    assert_eq!(lines.len(), 4, "{shown}");
    drop(reporter);
    assert_eq!(terminal.contents().lines().count(), 3, "{}", terminal.contents());
}

#[test]
fn two_sweeps_share_the_terminal() {
    let (screen, terminal) = screen(80);
    let (outer, inner) = (on(&screen, false), on(&screen, false));
    assert_eq!(terminal.contents().matches("0/4").count(), 2, "{}", terminal.contents());
    drop(inner);
    assert_eq!(terminal.contents().matches("0/4").count(), 2, "{}", terminal.contents());
    drop(outer);
    assert_eq!(terminal.contents().lines().count(), 2, "{}", terminal.contents());
}

#[test]
fn a_panic_while_suspended_brings_the_bar_back() {
    let (screen, terminal) = screen(80);
    let _bar = on(&screen, false);
    let panicked = thread::scope(|scope| {
        let screen = &screen;
        scope.spawn(move || screen.suspend(|| std::panic::resume_unwind(Box::new("no")))).join().is_err()
    });
    screen.draw();
    assert!(panicked && terminal.contents().contains("0/4"), "{}", terminal.contents());
}

#[test]
fn the_message_of_a_panic_stays() {
    let (screen, terminal) = screen(80);
    let (mut reporter, mut sweep) = on(&screen, true);
    let number = open(&mut sweep, &mut reporter, None);
    open(&mut sweep, &mut reporter, None);
    screen.draw();
    // What the panic hook of the standard library writes.
    let message = ["", "thread 'worker' (7) panicked at src/main.rs:5:9:", "boom"];
    for line in message {
        terminal.write_line(line).unwrap();
    }
    screen.leave();
    close(&mut sweep, &mut reporter, number, Outcome::failed("boom"));
    screen.draw();
    let shown = terminal.contents();
    let lines: Vec<_> = shown.lines().collect();
    let at = lines.iter().position(|line| *line == message[1]).unwrap_or_else(|| panic!("{shown}"));
    assert_eq!(lines[at + 1], message[2], "{shown}");
    assert!(lines[at - 1].starts_with("  trial 1 ") && lines[0].contains("0/4, 2 running"), "{shown}");
    assert!(lines[at + 2].contains("1 failed, 1 running") && lines[at + 3].starts_with("  trial 1 "), "{shown}");
    assert_eq!(lines.len(), at + 4, "{shown}");
}
