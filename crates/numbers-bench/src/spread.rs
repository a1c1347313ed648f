//! What is said of many samples of one figure.

use std::fmt;

/// The one in the middle, and between which two the middle half lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    median: f64,
    quartiles: [f64; 2],
}

impl Spread {
    /// The spread of these; not a number where there are none.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        let quarter = values.len() / 4;
        let at = |place: usize| values.get(place).copied().unwrap_or(f64::NAN);
        Self {
            quartiles: [at(quarter), at((values.len() - quarter).saturating_sub(1))],
            median: median(values),
        }
    }
}

impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [low, high] = self.quartiles;
        write!(f, "{:.2} ({low:.2}–{high:.2})", self.median)
    }
}

/// The one in the middle; not a number where there are none.
pub fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    let low = values.get(values.len().saturating_sub(1) / 2);
    let high = values.get(values.len() / 2);
    low.zip(high)
        .map_or(f64::NAN, |(low, high)| (low + high) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_lies_between_the_two_of_an_even_number() {
        assert_eq!(median([3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median([4.0, 1.0, 2.0, 3.0]), 2.5);
        assert!(median([]).is_nan());
    }

    #[test]
    fn the_quartiles_leave_a_quarter_out_on_either_side() {
        let spread = Spread::of([8.0, 1.0, 2.0, 7.0, 3.0, 6.0, 4.0, 5.0]);
        assert_eq!(spread.to_string(), "4.50 (3.00–6.00)");
        assert_eq!(Spread::of([1.0]).to_string(), "1.00 (1.00–1.00)");
    }
}
