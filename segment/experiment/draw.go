package experiment

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
)

// Draw is the customer's number in an experiment, even on [0, 1). Whoever draws below the
// share of control is in control, so that a smaller share of control only adds treated
// customers:
//
//	first 53 bits of HMAC-SHA-256(seed, experiment \0 id) / 2^53
//
// The same arguments give the same number on every machine, and numbers of different
// experiments are independent of each other. Who does not know the seed cannot choose an
// id that will be treated.
//
// Source of HMAC: Krawczyk, Bellare and Canetti (1997), RFC 2104. Fifty-three bits are
// what a float64 holds exactly.
func Draw(seed, experiment, id string) float64 {
	mac := hmac.New(sha256.New, []byte(seed))
	_, _ = mac.Write([]byte(experiment + "\x00" + id)) // never fails
	const bits = 53
	first := binary.BigEndian.Uint64(mac.Sum(nil))
	return float64(first>>(64-bits)) / (1 << bits)
}
