//! One normalized model over four bank-data aggregators.

#![forbid(unsafe_code)]
#![warn(missing_docs)]
