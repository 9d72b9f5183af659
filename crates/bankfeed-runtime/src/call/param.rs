//! The text a value has in a path, query, header or form.

use std::borrow::Cow;

use crate::values::{Amount, BoolText, Date, DateTime, Id, Secret, Time};

/// A value that can stand in a path, query, header or form.
pub trait ToParam {
    /// Its text, not yet encoded.
    fn to_param(&self) -> Cow<'_, str>;
}

impl ToParam for str {
    fn to_param(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl ToParam for String {
    fn to_param(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl ToParam for Id {
    fn to_param(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl ToParam for Secret {
    fn to_param(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.expose())
    }
}

impl<T: ToParam + ?Sized> ToParam for &T {
    fn to_param(&self) -> Cow<'_, str> {
        (**self).to_param()
    }
}

impl<T: ToParam + ?Sized> ToParam for Box<T> {
    fn to_param(&self) -> Cow<'_, str> {
        (**self).to_param()
    }
}

macro_rules! displayed {
    ($($type:ty),* $(,)?) => { $(
        impl ToParam for $type {
            fn to_param(&self) -> Cow<'_, str> {
                Cow::Owned(self.to_string())
            }
        }
    )* };
}
displayed!(bool, i32, i64, u32, u64, f64, Amount, BoolText, Date, DateTime, Time);
