//! Search spaces that are values: written by `space!`, made of expressions, or known only at run time.

mod closures;
mod combined;
mod contract;
mod each;
mod map;
mod parameters;
mod part;
mod typed;

pub use self::closures::closures;
pub use self::contract::SearchSpace;
pub(crate) use self::contract::{listed, proposed};
pub use self::each::{Each, each_of_array, each_of_list};
pub use self::map::Map;
pub use self::parameters::Parameters;
pub use self::part::{Component, Part, guarded, part, typed_part};
