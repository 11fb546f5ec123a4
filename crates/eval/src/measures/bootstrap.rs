//! How sure a figure is.

/// Samples drawn; the ends of the interval then vary by about a tenth of a point between seeds.
const SAMPLES: usize = 1000;

/// 95% percentile bootstrap interval (Efron 1979) of `figure` over items drawn with replacement. The seed is fixed:
/// the same items give the same interval.
pub fn interval<T>(items: &[T], figure: impl Fn(&mut dyn Iterator<Item = &T>) -> f64) -> (f64, f64) {
    let Some(last) = items.len().checked_sub(1) else { return (0.0, 0.0) };
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut figures: Vec<f64> = (0..SAMPLES)
        .map(|_| figure(&mut (0..=last).map(|_| &items[(next(&mut state) % items.len() as u64) as usize])))
        .collect();
    figures.sort_by(f64::total_cmp);
    (figures[SAMPLES * 25 / 1000], figures[SAMPLES * 975 / 1000 - 1])
}

/// splitmix64 (Steele, Lea, Flood 2014).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_a_mean_is_about_two_standard_errors_wide() {
        let items: Vec<f64> = (0..400).map(|i| f64::from(i % 2)).collect();
        let (low, high) = interval(&items, |sample| sample.sum::<f64>() / 400.0);
        // Standard error 0.5 / sqrt(400) = 0.025.
        assert!((0.44..0.46).contains(&low) && (0.54..0.56).contains(&high), "{low} {high}");
    }
}
