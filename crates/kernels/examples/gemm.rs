use docmill_kernels::*;
use std::arch::x86_64::*;
use std::hint::black_box;
#[repr(C)]
struct Ts {
    s: i64,
    n: i64,
}
unsafe extern "C" {
    fn clock_gettime(id: i32, t: *mut Ts) -> i32;
}
fn cpu() -> f64 {
    let mut t = Ts { s: 0, n: 0 };
    unsafe {
        clock_gettime(3, &mut t);
    }
    t.s as f64 + t.n as f64 / 1e9
}
#[target_feature(enable = "avx512f,avx512vnni,avx512bw")]
unsafe fn run(n: usize) -> i32 {
    let mut acc = [_mm512_setzero_si512(); 24];
    let a = _mm512_set1_epi32(black_box(3));
    let b = _mm512_set1_epi32(black_box(5));
    for _ in 0..n {
        for i in 0..24 {
            acc[i] = _mm512_dpbusd_epi32(acc[i], a, b);
        }
    }
    let mut s = 0;
    for i in 0..24 {
        s += _mm512_reduce_add_epi32(acc[i]);
    }
    s
}
fn main() {
    let isa = Isa::detect();
    let mut res: std::collections::BTreeMap<String, Vec<f64>> = Default::default();
    let shapes = [(384usize, 1152usize), (384, 384), (384, 1536), (1536, 384)];
    let mats: Vec<_> = shapes
        .iter()
        .map(|&(k, n)| {
            let w: Vec<f32> = (0..k * n).map(|i| ((i * 7919) % 255) as f32 - 127.0).collect();
            (k, n, (0..6).map(|_| IntMatrix::new(&w, &vec![0.5; n], k)).collect::<Vec<_>>())
        })
        .collect();
    for _ in 0..12 {
        let t = cpu();
        let n = 300_000;
        black_box(unsafe { run(n) });
        res.entry("peak".into()).or_default().push(n as f64 * 24. * 64. / (cpu() - t) / 1e9);
        for rows in [48usize, 52, 126] {
            for (k, n, m) in &mats {
                let x: Vec<f32> = (0..rows * k).map(|i| ((i * 104729) % 1000) as f32 - 500.0).collect();
                let mut q = QuantRows::default();
                q.quantize(isa, &x, *k);
                let mut out = vec![0.0; rows * n];
                for then in [Then::Store, Then::Gelu] {
                    if then == Then::Gelu && *n != 1536 {
                        continue;
                    }
                    let t = cpu();
                    for m in m {
                        for _ in 0..1 {
                            multiply_int(isa, &q, m, then, &mut out);
                        }
                    }
                    for m in m {
                        for _ in 0..1 {
                            multiply_int(isa, &q, m, then, &mut out);
                        }
                    }
                    res.entry(format!("{rows:4} x {k} x {n} {then:?}"))
                        .or_default()
                        .push((rows * k * n * m.len() * 2) as f64 / (cpu() - t) / 1e9);
                }
            }
        }
    }
    for (k, v) in res.iter_mut() {
        v.sort_by(f64::total_cmp);
        println!("{k}: {:.0} GMAC/s (best {:.0})", v[v.len() / 2], v[v.len() - 1]);
    }
}
