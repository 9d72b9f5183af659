//! How wide the columns of a table are: what does not fit gives way, what matters least first.

use super::rows::Column;

/// Between two columns.
pub(super) const GAP: usize = 2;

/// The width of each column, or `None` where it is left out: it is empty, or there is no room for it.
///
/// First columns that may be spared go, the highest number first, unless cutting texts down to their least width is enough. Then the
/// widest text that may be cut gives way, until all fit.
pub(super) fn widths(columns: &[Column], natural: &[usize], filled: &[bool], room: usize) -> Vec<Option<usize>> {
    let mut kept: Vec<bool> = filled.to_vec();
    let least = |index: usize| match columns[index].least {
        Some(least) => natural[index].min(least),
        None => natural[index],
    };
    while total(&kept, least) > room {
        let spare = (0..columns.len()).filter(|index| kept[*index] && columns[*index].spare > 0);
        let Some(index) = spare.max_by_key(|index| columns[*index].spare) else { break };
        kept[index] = false;
    }
    let mut widths = natural.to_vec();
    while total(&kept, |index| widths[index]) > room {
        let elastic = (0..columns.len()).filter(|index| kept[*index] && widths[*index] > least(*index));
        let Some(widest) = elastic.max_by_key(|index| widths[*index]) else { break };
        widths[widest] -= 1;
    }
    widths.into_iter().zip(kept).map(|(width, kept)| kept.then_some(width)).collect()
}

fn total(kept: &[bool], width: impl Fn(usize) -> usize) -> usize {
    let kept: Vec<usize> = (0..kept.len()).filter(|index| kept[*index]).collect();
    kept.iter().map(|index| width(*index)).sum::<usize>() + GAP * kept.len().saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> Vec<Column> {
        vec![
            Column::text("date"),
            Column::prose("name"),
            Column::prose("category").spare(2),
            Column::text("provider").spare(1),
            Column::number("amount"),
        ]
    }

    #[test]
    fn what_fits_stays_as_it_is() {
        let natural = [10, 30, 20, 12, 10];
        assert_eq!(widths(&columns(), &natural, &[true; 5], 120), natural.map(Some));
    }

    #[test]
    fn texts_are_cut_before_columns_are_spared() {
        let cut = widths(&columns(), &[10, 30, 20, 12, 10], &[true; 5], 76);
        assert_eq!(cut, [Some(10), Some(18), Some(18), Some(12), Some(10)]);
    }

    #[test]
    fn the_highest_number_is_spared_first() {
        let spared = widths(&columns(), &[10, 30, 20, 12, 10], &[true; 5], 60);
        assert_eq!(spared, [Some(10), Some(22), None, Some(12), Some(10)]);
        let spared = widths(&columns(), &[10, 30, 20, 12, 10], &[true; 5], 40);
        assert_eq!(spared, [Some(10), Some(16), None, None, Some(10)]);
    }

    #[test]
    fn empty_columns_take_no_room_and_amounts_are_never_cut() {
        let narrow = widths(&columns(), &[10, 30, 0, 12, 10], &[true, true, false, true, true], 20);
        assert_eq!(narrow, [Some(10), Some(12), None, None, Some(10)]);
    }
}
