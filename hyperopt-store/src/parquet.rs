//! Sweeps as Parquet files, for data frames.

use std::io::{self, Write};
use std::sync::Arc;

use hyperopt_core::{Column, ColumnKind, Goal, Sweep, Value};
use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::{Type, TypePtr};

/// Writes all trials of a sweep as a Parquet file, which polars, pandas, `DuckDB` and Spark read with its types.
///
/// The columns are those of [`write_csv`](Sweep::write_csv). Integers have the type `INT64`, floats `DOUBLE` with NaN and
/// infinities, Booleans `BOOLEAN`, and labels are text. A cell is null if the trial has no value, such as that of an inactive
/// hyperparameter. The types follow from the candidates, so that a sweep without trials has them too. Integers that do not fit
/// into `i64` are stored as `u64`, or else as text; candidates of several types, such as `1` and `"auto"`, are stored as text.
/// The metadata of the file hold the sampler, the seed and the goals, as `hyperopt:sampler`, `hyperopt:seed` and
/// `hyperopt:goals`.
///
/// The file is not compressed, and all trials are one row group.
///
/// # Errors
///
/// Returns the errors of the writer.
///
/// ```
/// use hyperopt::prelude::*;
/// use hyperopt_store::write_parquet;
///
/// let ho = hyperopt!(
///     rate = log(1e-5..=1e-1),
///     layers = 1..=4,
///     for _ in 0..3 {
///         rate * f64::from(layers)
///     }
/// );
/// let mut file = Vec::new();
/// write_parquet(&ho, &mut file)?;
/// assert!(file.starts_with(b"PAR1"));
/// # Ok::<_, std::io::Error>(())
/// ```
pub fn write_parquet(sweep: &impl AsRef<Sweep>, writer: impl Write + Send) -> io::Result<()> {
    write(sweep.as_ref(), writer).map_err(|error| match error {
        // The error of the writer itself, whose kind tells a pipe that was closed.
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(error) => io::Error::other(error),
        },
        error => io::Error::other(error),
    })
}

fn write(sweep: &Sweep, writer: impl Write + Send) -> Result<()> {
    let columns = sweep.columns();
    let cells: Vec<_> = columns.iter().map(Cells::of).collect();
    let fields = columns.iter().zip(&cells).map(|(column, cells)| cells.field(column.name()));
    let fields = fields.collect::<Result<Vec<_>>>()?;
    let schema = Type::group_type_builder("sweep").with_fields(fields).build()?;
    let properties = WriterProperties::builder().set_created_by("hypersweep".to_owned());
    let properties = properties.set_key_value_metadata(Some(metadata(sweep))).build();
    let mut file = SerializedFileWriter::new(writer, Arc::new(schema), Arc::new(properties))?;
    let mut group = file.next_row_group()?;
    for cells in cells {
        cells.write(&mut group)?;
    }
    group.close()?;
    file.close()?;
    Ok(())
}

fn metadata(sweep: &Sweep) -> Vec<KeyValue> {
    let goals = sweep.goals().iter().map(|goal| match goal {
        Goal::Maximize => "maximize",
        Goal::Minimize => "minimize",
    });
    let goals = goals.collect::<Vec<_>>().join(", ");
    let facts = [("sampler", sweep.sampler().to_owned()), ("seed", sweep.seed().to_string()), ("goals", goals)];
    facts.into_iter().map(|(key, value)| KeyValue::new(format!("hyperopt:{key}"), value)).collect()
}

/// The values of a column, by the type that they have in the file.
enum Cells {
    Bools(Vec<Option<bool>>),
    Ints(Vec<Option<i64>>),
    /// The bits of unsigned integers.
    Unsigned(Vec<Option<i64>>),
    Floats(Vec<Option<f64>>),
    Texts(Vec<Option<ByteArray>>),
}

impl Cells {
    fn of(column: &Column<'_>) -> Self {
        match column.kind() {
            ColumnKind::Bool => Self::Bools(column.values().map(|value| value?.as_bool()).collect()),
            ColumnKind::Float => Self::Floats(column.values().map(|value| value?.as_f64()).collect()),
            ColumnKind::Int => {
                let ints = column.values().map(|value| match value {
                    Some(Value::Int(int)) => Some(int),
                    _ => None,
                });
                let ints: Vec<_> = ints.collect();
                Self::ints(&ints).or_else(|| Self::unsigned(&ints)).unwrap_or_else(|| Self::texts(column))
            }
            _ => Self::texts(column),
        }
    }

    fn ints(ints: &[Option<i128>]) -> Option<Self> {
        let fitting = ints.iter().map(|int| int.map(i64::try_from).transpose());
        fitting.collect::<std::result::Result<_, _>>().ok().map(Self::Ints)
    }

    fn unsigned(ints: &[Option<i128>]) -> Option<Self> {
        let fitting = ints.iter().map(|int| int.map(|int| u64::try_from(int).map(u64::cast_signed)).transpose());
        fitting.collect::<std::result::Result<_, _>>().ok().map(Self::Unsigned)
    }

    fn texts(column: &Column<'_>) -> Self {
        let text = |value| match value {
            Value::Null => None,
            Value::Float(float) => Some(format!("{float:?}").as_str().into()),
            value => Some(value.to_string().as_str().into()),
        };
        Self::Texts(column.values().map(|value| value.and_then(text)).collect())
    }

    fn field(&self, name: &str) -> Result<TypePtr> {
        let (physical, logical) = match self {
            Self::Bools(_) => (Physical::BOOLEAN, None),
            Self::Ints(_) => (Physical::INT64, None),
            Self::Unsigned(_) => (Physical::INT64, Some(LogicalType::integer(64, false))),
            Self::Floats(_) => (Physical::DOUBLE, None),
            Self::Texts(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        };
        let field = Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL);
        Ok(Arc::new(field.with_logical_type(logical).build()?))
    }

    fn write<W: Write + Send>(self, group: &mut SerializedRowGroupWriter<'_, W>) -> Result<()> {
        match self {
            Self::Bools(cells) => write_cells::<BoolType, _>(cells, group),
            Self::Ints(cells) | Self::Unsigned(cells) => write_cells::<Int64Type, _>(cells, group),
            Self::Floats(cells) => write_cells::<DoubleType, _>(cells, group),
            Self::Texts(cells) => write_cells::<ByteArrayType, _>(cells, group),
        }
    }
}

/// Writes the next column of a row group: the values that there are, and for each cell whether it has one.
fn write_cells<T: DataType, W: Write + Send>(
    cells: Vec<Option<T::T>>,
    group: &mut SerializedRowGroupWriter<'_, W>,
) -> Result<()> {
    let levels: Vec<i16> = cells.iter().map(|cell| cell.is_some().into()).collect();
    let values: Vec<_> = cells.into_iter().flatten().collect();
    if let Some(mut column) = group.next_column()? {
        column.typed::<T>().write_batch(&values, Some(&levels), None)?;
        column.close()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use hyperopt_core::{Metrics, Parameters, Search};
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;

    use super::*;

    /// Returns the rows of a file, each the fields by name.
    fn read(sweep: &impl AsRef<Sweep>) -> (String, Vec<Vec<(String, Field)>>) {
        let mut bytes = Vec::new();
        write_parquet(sweep, &mut bytes).unwrap();
        let file = SerializedFileReader::new(Bytes::from(bytes)).unwrap();
        let mut schema = Vec::new();
        parquet::schema::printer::print_schema(&mut schema, file.metadata().file_metadata().schema());
        let rows = file.get_row_iter(None).unwrap().map(|row| row.unwrap().into_columns());
        (String::from_utf8(schema).unwrap(), rows.collect())
    }

    #[test]
    fn a_file_has_the_types_of_the_candidates() {
        let space = Parameters::new()
            .with_value("rate", 0.0..=1.0)
            .with_value("layers", 1..=4)
            .with_value("huge", [u64::MAX])
            .with_value("switch", [true, false])
            .with_value("word", ["ä", "b"]);
        let ho = Search::new(space).seed(7).run(0..3, |trial, _| match trial {
            1 => Err("no luck"),
            _ => Ok(Metrics::new(0.5).with("speed", f64::INFINITY)),
        });
        let (schema, rows) = read(&ho);
        for line in [
            "OPTIONAL INT64 trial;",
            "OPTIONAL BYTE_ARRAY state (STRING);",
            "OPTIONAL DOUBLE objective;",
            "OPTIONAL DOUBLE rate;",
            "OPTIONAL INT64 layers;",
            "OPTIONAL INT64 huge (INTEGER(64,false));",
            "OPTIONAL BOOLEAN switch;",
            "OPTIONAL BYTE_ARRAY word (STRING);",
            "OPTIONAL DOUBLE speed;",
        ] {
            assert!(schema.contains(line), "{line} in {schema}");
        }
        let of = |row: usize, name: &str| {
            rows[row].iter().find(|(found, _)| found == name).map(|(_, field)| field.clone()).unwrap()
        };
        assert_eq!((of(2, "trial"), of(0, "huge")), (Field::Long(2), Field::ULong(u64::MAX)));
        assert_eq!((of(0, "objective"), of(1, "objective")), (Field::Double(0.5), Field::Null));
        assert_eq!((of(0, "speed"), of(1, "speed")), (Field::Double(f64::INFINITY), Field::Null));
        assert_eq!((of(0, "reason"), of(1, "reason")), (Field::Null, Field::Str("no luck".to_owned())));
    }

    #[test]
    fn a_sweep_without_trials_has_its_columns() {
        let ho = Search::new(Parameters::new().with("layers", 1..=4)).seed(7).run(0..0, |_, _| 0.0);
        let (schema, rows) = read(&ho);
        assert!(schema.contains("OPTIONAL INT64 layers;") && rows.is_empty(), "{schema}");
    }

    /// A disk that is full.
    struct Full;

    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn the_error_is_that_of_the_writer() {
        let ho = Search::new(Parameters::new().with("layers", 1..=4)).seed(7).run(0..2, |_, _| 0.0);
        assert_eq!(write_parquet(&ho, Full).unwrap_err().kind(), io::ErrorKind::StorageFull);
    }
}
