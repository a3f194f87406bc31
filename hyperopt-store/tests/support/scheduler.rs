//! What a study keeps of a scheduler: what it is, with its rungs, and the limit of what its trials may spend.

use hyperopt_core::study::{Commit, Store};
use hyperopt_store::{Study, read_journal, write_journal};

use super::{finished, opening, rung};

/// Opens the study of `of` again and again, each time as another process.
pub(crate) fn a_scheduler_and_its_limit_are_kept(of: impl Fn() -> Study) {
    let words = Some("`Asha::new(3.0)` over the rungs 1, 3 and 9".to_owned());
    let begun = opening(1, true).scheduler(words.clone());
    let mut study = of();
    study.open(&begun).unwrap();
    let record = rung(0, 0, 1.0);
    study.lock().unwrap();
    study.unlock(Commit::Start(&record), &[]).unwrap();
    study.tell(&finished(&record, 0.5), false).unwrap();
    study.close(false).unwrap();
    let read = of().read().unwrap();
    assert_eq!((read.spend(), read.spent(), read.notes().len()), (None, Some(1.0), 0));
    for (spend, kept, note) in [
        (2.5, Some(2.5), Some("spend: its trials have spent 1 of 2.5 resources so far")),
        (0.5, Some(0.5), Some("spend: the sweep ended as its trials had spent 1 of 0.5 resources")),
        (f64::INFINITY, None, None),
        (1.0, Some(1.0), Some("spend: the sweep ended as its trials had spent 1 of 1 resources")),
    ] {
        let mut study = of();
        study.open(&opening(1, true)).unwrap();
        study.limit(spend).unwrap();
        study.close(false).unwrap();
        let opened = of().open(&begun.clone().scheduler(None)).unwrap();
        assert_eq!((&opened.scheduler, opened.spend), (&words, kept));
        assert_eq!(of().snapshot().unwrap().open(&begun).unwrap().spend, kept);
        let read = of().read().unwrap();
        assert_eq!((read.spend(), read.notes().first().map(String::as_str)), (kept, note));
        let mut journal = Vec::new();
        write_journal(&read, "j", &mut journal).unwrap();
        let journal = read_journal(&journal[..], "j").unwrap();
        assert_eq!((journal.spend(), journal.notes()), (kept, read.notes()));
    }
}
