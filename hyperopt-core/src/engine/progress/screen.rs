//! Draws the bars of all running sweeps at the lower end of a terminal.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use console::{Term, colors_enabled_stderr};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle, TermLike};

use crate::engine::progress::line::{bar_line, running_lines};
use crate::engine::progress::status::Status;
use crate::engine::progress::ticker::Ticker;

/// The time between two looks at what has changed.
const TICK: Duration = Duration::from_millis(100);
/// The number of lines of a terminal that running trials leave to everything else.
const FREE: usize = 3;

/// The terminal on standard error, once there has been a bar.
static STDERR: OnceLock<Arc<Screen>> = OnceLock::new();

/// A terminal, and the bars on it.
pub(super) struct Screen {
    terminal: Box<dyn Fn() -> Box<dyn TermLike> + Send + Sync>,
    is_colored: bool,
    drawn: Mutex<Drawn>,
}

#[derive(Default)]
struct Drawn {
    /// The sweeps that are shown, and whether with their running trials.
    sweeps: Vec<(Arc<Mutex<Status>>, bool)>,
    /// The number of callers for whom the bars have been taken off the screen.
    suspended: usize,
    lines: Option<ProgressBar>,
    text: String,
}

impl Screen {
    pub(super) fn new(terminal: impl Fn() -> Box<dyn TermLike> + Send + Sync + 'static, is_colored: bool) -> Self {
        Self { terminal: Box::new(terminal), is_colored, drawn: Mutex::default() }
    }

    /// Returns the terminal on standard error; `None` if it is none, or one that cannot move its cursor.
    pub(super) fn stderr() -> Option<Arc<Self>> {
        let is_able = Term::stderr().is_term() && !console::is_dumb();
        let terminal = || -> Box<dyn TermLike> { Box::new(Term::buffered_stderr()) };
        let screen = || Arc::new(Self::new(terminal, colors_enabled_stderr()));
        is_able.then(|| Arc::clone(STDERR.get_or_init(screen)))
    }

    /// Returns the screen that bars may be on; `None` if there has been no bar.
    pub(super) fn used() -> Option<&'static Self> {
        STDERR.get().map(|screen| &**screen)
    }

    fn lock(&self) -> MutexGuard<'_, Drawn> {
        self.drawn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn draw(&self) {
        self.redraw(&mut self.lock());
    }

    /// Takes the bars off the screen while `f` runs. No lock is held meanwhile, so that `f` may do anything.
    pub(super) fn suspend<R>(&self, f: impl FnOnce() -> R) -> R {
        let mut drawn = self.lock();
        drawn.suspended += 1;
        drawn.clear();
        drop(drawn);
        let _resumed = Resumed(self);
        f()
    }

    /// Leaves the bars above what has been printed below them, such as the message of a panic, and draws them below it next.
    pub(super) fn leave(&self) {
        if let Some(lines) = self.lock().lines.take() {
            lines.set_draw_target(ProgressDrawTarget::hidden());
        }
    }

    fn redraw(&self, drawn: &mut Drawn) {
        // While a thread panics, `indicatif` draws nothing; the ticker draws later.
        if drawn.suspended > 0 || drawn.sweeps.is_empty() || thread::panicking() {
            return;
        }
        let terminal = (self.terminal)();
        let (width, height) = (usize::from(terminal.width()), usize::from(terminal.height()));
        let now = Instant::now();
        let mut lines = Vec::new();
        for (status, has_trials) in &drawn.sweeps {
            let status = status.lock().unwrap_or_else(PoisonError::into_inner);
            lines.push(bar_line(&status, now, width, self.is_colored));
            if *has_trials {
                lines.extend(running_lines(&status, now, width, height.saturating_sub(FREE)));
            }
        }
        let text = lines.join("\n");
        if drawn.lines.is_none() || text != drawn.text {
            let lines = drawn.lines.get_or_insert_with(|| {
                let style = ProgressStyle::with_template("{msg}").unwrap_or_else(|_| ProgressStyle::default_bar());
                ProgressBar::with_draw_target(None, ProgressDrawTarget::term_like(terminal)).with_style(style)
            });
            lines.set_message(text.clone());
            drawn.text = text;
        }
    }

    /// Takes a sweep off the bars, and leaves its last line above them.
    fn remove(&self, status: &Arc<Mutex<Status>>) {
        let mut drawn = self.lock();
        drawn.clear();
        drawn.sweeps.retain(|(other, _)| !Arc::ptr_eq(other, status));
        let terminal = (self.terminal)();
        let ended = status.lock().unwrap_or_else(PoisonError::into_inner);
        let line = bar_line(&ended, Instant::now(), usize::from(terminal.width()), self.is_colored);
        // A terminal that is gone must not end the sweep.
        terminal.write_line(&line).and_then(|()| terminal.flush()).ok();
        self.redraw(&mut drawn);
    }
}

impl Drawn {
    fn clear(&mut self) {
        if let Some(lines) = self.lines.take() {
            lines.finish_and_clear();
        }
    }
}

impl fmt::Debug for Screen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Screen").field("sweeps", &self.lock().sweeps.len()).finish_non_exhaustive()
    }
}

/// Brings the bars back once the last caller has finished, also by a panic.
struct Resumed<'a>(&'a Screen);

impl Drop for Resumed<'_> {
    fn drop(&mut self) {
        let mut drawn = self.0.lock();
        drawn.suspended -= 1;
        self.0.redraw(&mut drawn);
    }
}

/// The bar of one sweep, which stays on the screen until it is dropped.
#[derive(Debug)]
pub(super) struct Bar {
    screen: Arc<Screen>,
    status: Arc<Mutex<Status>>,
    has_trials: bool,
    ticker: Option<Ticker>,
}

impl Bar {
    pub(super) fn new(screen: Arc<Screen>, status: Arc<Mutex<Status>>, has_trials: bool) -> Self {
        screen.lock().sweeps.push((Arc::clone(&status), has_trials));
        screen.draw();
        let ticking = Arc::clone(&screen);
        Self { screen, status, has_trials, ticker: Some(Ticker::start(TICK, move || ticking.draw())) }
    }

    /// Returns whether the running trials are shown below the bar.
    pub(super) fn has_trials(&self) -> bool {
        self.has_trials
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.ticker.take();
        self.screen.remove(&self.status);
    }
}
