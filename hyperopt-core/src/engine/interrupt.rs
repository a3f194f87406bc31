//! Lets Ctrl-C end the sweep rather than the program.

/// The setting `on_interrupt`: what Ctrl-C (the signal `SIGINT`) does while a sweep runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OnInterrupt {
    /// Ends the program, as without a sweep (default).
    #[default]
    Kill,
    /// Ends the sweep: no further trial starts, running trials finish, and all results are kept. A second Ctrl-C ends the
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

    /// Whether Ctrl-C ends the program: no sweep watches for it, or it has been pressed once already.
    static IDLE: LazyLock<Arc<AtomicBool>> = LazyLock::new(|| Arc::new(AtomicBool::new(true)));
    /// How often Ctrl-C has been pressed since the first of the present watches began.
    static HITS: LazyLock<Option<Arc<AtomicUsize>>> = LazyLock::new(install);
    static WATCHES: AtomicUsize = AtomicUsize::new(0);

    /// Installs the handlers permanently: removing them would lose the default action. The actions run in this order.
    fn install() -> Option<Arc<AtomicUsize>> {
        let hits = Arc::new(AtomicUsize::new(0));
        flag::register_conditional_default(SIGINT, Arc::clone(&IDLE)).ok()?;
        flag::register_usize(SIGINT, Arc::clone(&hits), 1).ok()?;
        flag::register(SIGINT, Arc::clone(&IDLE)).ok()?;
        Some(hits)
    }

    /// A guard of a sweep that Ctrl-C ends, for as long as the guard lives.
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

        // As long as this watch lives, the count belongs to its sweep.
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
