//! Ids that say where a record stands, although nobody sees it.
//!
//! A record is found again by its id alone, without a table: the id is its kind and its numbers, scrambled so that ids look like
//! those of the providers and differ from seed to seed.

/// Makes and reads the ids of one seed.
#[derive(Clone, Copy)]
pub(crate) struct Ids {
    key: u64,
}

/// Bits of each half of what is scrambled: a UUID has 122 that are free.
const HALF: u32 = 61;
const MASK: u64 = (1 << HALF) - 1;

impl Ids {
    pub(crate) fn new(seed: u64) -> Self {
        Self { key: seed ^ 0x6A09_E667_F3BC_C908 }
    }

    /// A UUID of version 4 for a record: its kind, the number of what holds it (below 2^40), its own number (below 2^61).
    pub(crate) fn uuid(self, kind: u8, holder: u64, number: u64) -> String {
        // The high bits are a check: an id that was made up does not decode.
        let high = (CHECK << 48) | (u64::from(kind) << 40) | (holder & 0xFF_FFFF_FFFF);
        let (a, b) = self.scramble(high & MASK, number & MASK);
        let bits = (u128::from(a) << HALF) | u128::from(b);
        // 48 bits, version, 12 bits, variant, 62 bits.
        let (top, middle, low) = (bits >> 74, (bits >> 62) & 0xFFF, bits & ((1 << 62) - 1));
        let whole = (top << 80) | (4 << 76) | (middle << 64) | (2 << 62) | low;
        let hex = format!("{whole:032x}");
        format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
    }

    /// The holder and number of a UUID that was made here for this kind.
    pub(crate) fn read(self, kind: u8, text: &str) -> Option<(u64, u64)> {
        let hex: String = text.chars().filter(|char| *char != '-').collect();
        if hex.len() != 32 || text.len() != 36 {
            return None;
        }
        let whole = u128::from_str_radix(&hex, 16).ok()?;
        let bits = ((whole >> 80) << 74) | (((whole >> 64) & 0xFFF) << 62) | (whole & ((1 << 62) - 1));
        let (high, number) = self.unscramble(low64(bits >> HALF), low64(bits & u128::from(MASK)));
        let (check, found) = (high >> 48, (high >> 40) & 0xFF);
        (check == CHECK && found == u64::from(kind)).then_some((high & 0xFF_FFFF_FFFF, number))
    }

    fn scramble(self, mut a: u64, mut b: u64) -> (u64, u64) {
        for round in 0..ROUNDS {
            (a, b) = (b, a ^ self.round(round, b));
        }
        (a, b)
    }

    fn unscramble(self, mut a: u64, mut b: u64) -> (u64, u64) {
        for round in (0..ROUNDS).rev() {
            (a, b) = (b ^ self.round(round, a), a);
        }
        (a, b)
    }

    fn round(self, round: u64, half: u64) -> u64 {
        let mut mixed = half ^ self.key.rotate_left(u32::try_from(round * 13).unwrap_or_default());
        mixed = (mixed ^ (mixed >> 31)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        (mixed ^ (mixed >> 32)) & MASK
    }
}

const ROUNDS: u64 = 4;
const CHECK: u64 = 0x155;

fn low64(bits: u128) -> u64 {
    u64::try_from(bits & u128::from(u64::MAX)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_lead_back_to_their_record() {
        let ids = Ids::new(7);
        for (holder, number) in [(0, 0), (1, 999_999), (0xFF_FFFF_FFFF, MASK)] {
            let id = ids.uuid(3, holder, number);
            assert_eq!(ids.read(3, &id), Some((holder, number)), "{id}");
            assert_eq!(ids.read(4, &id), None, "another kind");
            assert_eq!(Ids::new(8).read(3, &id), None, "another seed");
            assert_eq!((&id[14..15], id.len()), ("4", 36));
        }
        assert_eq!(ids.read(3, "123e4567-e89b-42d3-a456-426614174000"), None);
        assert_eq!(ids.read(3, "nonsense"), None);
    }
}
