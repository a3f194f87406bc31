//! Ctrl-C as an end of the sweep rather than of the program.

/// What Ctrl-C (the signal `SIGINT`) does while a sweep runs: the setting `on_interrupt`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum OnInterrupt {
    /// Ends the program, as without a sweep.
    #[default]
    Kill,
    /// Ends the sweep: no trial starts any more, running ones finish, and what is done is kept. A second Ctrl-C ends the
    /// program, as does one when no such sweep runs. On systems other than Unix this is [`Kill`](Self::Kill).
    Stop,
}

#[cfg(unix)]
pub(crate) use unix::Watch;

#[cfg(unix)]
mod unix {
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::sync::{Arc, LazyLock};

    use signal_hook::consts::SIGINT;
    use signal_hook::flag;

    /// Whether Ctrl-C ends the program: no sweep watches for it, or it has come once already.
    static IDLE: LazyLock<Arc<AtomicBool>> = LazyLock::new(|| Arc::new(AtomicBool::new(true)));
    /// How often it has come since the first of the present watches.
    static HITS: LazyLock<Option<Arc<AtomicUsize>>> = LazyLock::new(install);
    static WATCHES: AtomicUsize = AtomicUsize::new(0);

    /// The actions run in this order, for good: a handler cannot be taken back without losing the default one.
    fn install() -> Option<Arc<AtomicUsize>> {
        let hits = Arc::new(AtomicUsize::new(0));
        flag::register_conditional_default(SIGINT, Arc::clone(&IDLE)).ok()?;
        flag::register_usize(SIGINT, Arc::clone(&hits), 1).ok()?;
        flag::register(SIGINT, Arc::clone(&IDLE)).ok()?;
        Some(hits)
    }

    /// A sweep that Ctrl-C ends, for as long as this lives.
    #[derive(Debug)]
    pub(crate) struct Watch;

    impl Watch {
        pub(crate) fn start() -> Self {
            if let Some(hits) = &*HITS
                && WATCHES.fetch_add(1, Ordering::SeqCst) == 0
            {
                hits.store(0, Ordering::SeqCst);
            }
            IDLE.store(false, Ordering::SeqCst);
            Self
        }

        // A watch that lives is what makes the count this sweep's.
        #[allow(clippy::unused_self)]
        pub(crate) fn is_hit(&self) -> bool {
            HITS.as_ref().is_some_and(|hits| hits.load(Ordering::Relaxed) > 0)
        }
    }

    impl Drop for Watch {
        fn drop(&mut self) {
            if WATCHES.fetch_sub(1, Ordering::SeqCst) == 1 {
                IDLE.store(true, Ordering::SeqCst);
            }
        }
    }
}

#[cfg(not(unix))]
pub(crate) use elsewhere::Watch;

#[cfg(not(unix))]
mod elsewhere {
    #[derive(Debug)]
    pub(crate) struct Watch;

    impl Watch {
        pub(crate) fn start() -> Self {
            Self
        }

        #[allow(clippy::unused_self)]
        pub(crate) fn is_hit(&self) -> bool {
            false
        }
    }
}
