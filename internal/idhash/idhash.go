package idhash

import "hash/fnv"

// All hashes a column of ids.
func All(ids []string) []uint64 {
	keys := make([]uint64, len(ids))
	for i, id := range ids {
		keys[i] = Of(id)
	}
	return keys
}

// Of spreads ids evenly. FNV alone leaves ids that differ in their last
// letter close together; a finalizer spreads them.
//
// Source of the finalizer: Steele, Lea and Flood (2014), SplittableRandom,
// mix64variant13.
func Of(id string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(id)) // never fails
	z := h.Sum64()
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}
