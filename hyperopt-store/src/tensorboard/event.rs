//! Files of events, the format of `TensorBoard`.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use crc::{CRC_32_ISCSI, Crc};
use hyperopt_core::Value;

use super::message::Message;

const CASTAGNOLI: Crc<u32> = Crc::<u32>::new(&CRC_32_ISCSI);

/// The end of a session, with the numbers of `TensorBoard`'s plugin `hparams`.
#[derive(Clone, Copy, Debug)]
pub(super) enum Status {
    Unknown = 0,
    Success = 1,
    Failure = 2,
    Running = 3,
}

/// A file of events: messages `Event`, each framed as a record of the format `TFRecord`. Times are seconds since 1970.
pub(super) struct EventFile<W> {
    writer: W,
}

impl EventFile<BufWriter<File>> {
    /// Replaces the file at `path`.
    pub(super) fn create(path: &Path, time: f64) -> io::Result<Self> {
        // A symbolic link that lies there is removed, not followed.
        fs::remove_file(path)
            .or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })?;
        Self::new(BufWriter::new(File::create_new(path)?), time)
    }
}

impl<W: Write> EventFile<W> {
    fn new(writer: W, time: f64) -> io::Result<Self> {
        let mut file = Self { writer };
        file.record(&Message::default().double(1, time).text(3, "brain.Event:2"))?;
        Ok(file)
    }

    pub(super) fn scalar(&mut self, time: f64, tag: &str, step: u64, value: f64) -> io::Result<()> {
        self.summary(time, step, &Message::default().text(1, tag).float(2, value as f32))
    }

    pub(super) fn session_start<'a>(
        &mut self,
        time: f64,
        hyperparameters: impl IntoIterator<Item = (&'a str, Value)>,
    ) -> io::Result<()> {
        let mut start = Message::default();
        for (name, value) in hyperparameters {
            let value = match value {
                Value::Bool(bool) => Message::default().integer(4, u64::from(bool)),
                Value::Int(int) => Message::default().double(2, int as f64),
                Value::Float(float) => Message::default().double(2, float),
                other => Message::default().text(3, &other.to_string()),
            };
            start = start.message(1, &Message::default().text(1, name).message(2, &value));
        }
        let start = Message::default().message(3, &start.double(5, time));
        self.hparams(time, "_hparams_/session_start_info", &start)
    }

    pub(super) fn session_end(&mut self, time: f64, status: Status) -> io::Result<()> {
        let end = Message::default().integer(1, status as u64).double(2, time);
        self.hparams(time, "_hparams_/session_end_info", &Message::default().message(4, &end))
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }

    /// Writes data of the plugin `hparams`: the metadata of a value that is an empty tensor of floats.
    fn hparams(&mut self, time: f64, tag: &str, data: &Message) -> io::Result<()> {
        let plugin = Message::default().text(1, "hparams").message(2, data);
        let metadata = Message::default().message(1, &plugin);
        let shape = Message::default().message(2, &Message::default());
        let nothing = Message::default().integer(1, 1).message(2, &shape);
        self.summary(time, 0, &Message::default().text(1, tag).message(8, &nothing).message(9, &metadata))
    }

    fn summary(&mut self, time: f64, step: u64, value: &Message) -> io::Result<()> {
        let summary = Message::default().message(1, value);
        let event = Message::default().double(1, time);
        let event = if step == 0 { event } else { event.integer(2, step) };
        self.record(&event.message(5, &summary))
    }

    /// Writes the length, its checksum, the message and its checksum.
    fn record(&mut self, event: &Message) -> io::Result<()> {
        let length = (event.as_bytes().len() as u64).to_le_bytes();
        self.writer.write_all(&length)?;
        self.writer.write_all(&masked_checksum(&length).to_le_bytes())?;
        self.writer.write_all(event.as_bytes())?;
        self.writer.write_all(&masked_checksum(event.as_bytes()).to_le_bytes())
    }
}

/// Returns the masked CRC-32C of the format: rotated and shifted, so that the checksum of data that contains checksums is a
/// good one.
fn masked_checksum(bytes: &[u8]) -> u32 {
    CASTAGNOLI.checksum(bytes).rotate_right(15).wrapping_add(0xa282_ead8)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes that tensorboard 2.21 writes for the same events.
    #[test]
    fn files_are_those_of_tensorboard() {
        let expected = [
            "1800000000000000a37f4b22",
            "09000000000000f83f1a0d627261696e2e4576656e743a32",
            "2a28646c",
            "60000000000000002821c6da",
            "09000000000000f83f2a550a530a1c5f68706172616d735f2f73657373696f6e5f73746172745f696e666f42060801120212004a2b0a29",
            "0a0768706172616d73121e1a1c0a110a04726174651209119a9999999999b93f29000000000000f83f",
            "ddf4c156",
            "1b000000000000001a0d9e13",
            "09000000000000044010ac022a0d0a0b0a046c6f737315cdcccc3d",
            "0375807d",
            "4d000000000000003d63d4a6",
            "0900000000000010402a420a400a1a5f68706172616d735f2f73657373696f6e5f656e645f696e666f42060801120212004a1a0a18",
            "0a0768706172616d73120d220b0801110000000000001040",
            "df8c2a20",
        ];
        let mut bytes = Vec::new();
        let mut file = EventFile::new(&mut bytes, 1.5).unwrap();
        file.session_start(1.5, [("rate", Value::Float(0.1))]).unwrap();
        file.scalar(2.5, "loss", 300, 0.1).unwrap();
        file.session_end(4.0, Status::Success).unwrap();
        let expected = expected.concat();
        let pairs = (0..expected.len()).step_by(2).map(|at| u8::from_str_radix(&expected[at..at + 2], 16));
        assert_eq!(bytes, pairs.collect::<Result<Vec<_>, _>>().unwrap());
    }
}
