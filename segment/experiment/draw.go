package experiment

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"hash"
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
func Draw(seed, experiment, id string) float64 { return NewDraws(seed, experiment).Of(id) }

// Draws gives the numbers of one experiment, as [Draw] does, faster where there are many.
// It is not safe for concurrent use.
type Draws struct {
	mac     hash.Hash
	message []byte // experiment \0, and room for an id
	prefix  int
	sum     [sha256.Size]byte
}

// NewDraws is the draw of an experiment.
func NewDraws(seed, experiment string) *Draws {
	message := append([]byte(experiment), 0)
	return &Draws{mac: hmac.New(sha256.New, []byte(seed)), message: message, prefix: len(message)}
}

// Of is the customer's number.
func (d *Draws) Of(id string) float64 {
	d.message = append(d.message[:d.prefix], id...)
	d.mac.Reset()
	_, _ = d.mac.Write(d.message) // never fails
	const bits = 53
	first := binary.BigEndian.Uint64(d.mac.Sum(d.sum[:0]))
	return float64(first>>(64-bits)) / (1 << bits)
}
