package exports

import (
	"hash/fnv"
	"math/rand/v2"
	"strings"
)

// The letters of which services make their ids.
const (
	hex      = "0123456789abcdef"
	base62   = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	capitals = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	lowers   = "0123456789abcdefghijklmnopqrstuvwxyz"
)

// token is an id as services make them: letters that look like chance and are
// the same for the same thing. Two things of one kind do not share one: at 13
// letters of 36 a million of them would with a chance of one in ten million.
func token(of string, number int, letters string, length int) string {
	h := fnv.New64a()
	_, _ = h.Write([]byte(of)) // a hash takes all bytes
	d := rand.New(rand.NewPCG(h.Sum64(), uint64(number)))
	var b strings.Builder
	for range length {
		b.WriteByte(letters[d.IntN(len(letters))])
	}
	return b.String()
}
