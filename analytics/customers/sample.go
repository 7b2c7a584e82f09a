package customers

import (
	"hash/fnv"
	"math"
)

// SampleSize is about how many customers a backtest or an audit looks at. The error of a
// comparison falls with the root of their number: more would cost the night time and
// change no choice.
const SampleSize = 50_000

// Sample chooses about so many customers, or all if there are no more. It depends on
// their ids alone.
func (t *Table) Sample(about int) func(id string) bool {
	if t.Len() <= about {
		return func(string) bool { return true }
	}
	limit := math.MaxUint64 / uint64(t.Len()) * uint64(about)
	return func(id string) bool { return fingerprint(id) <= limit }
}

// fingerprint spreads ids evenly over all 64 bits.
func fingerprint(id string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(id)) // never fails
	// FNV leaves the high bits of short texts alike; the finaliser of
	// MurmurHash3 (Appleby, 2011) mixes them.
	v := h.Sum64()
	v ^= v >> 33
	v *= 0xff51afd7ed558ccd
	v ^= v >> 33
	v *= 0xc4ceb9fe1a85ec53
	return v ^ v>>33
}
