package money

import (
	"math"

	"github.com/apache/arrow-go/v18/arrow/decimal128"
)

// Nearest is the amount nearest to money that a model expects: FromFloat of Round, but
// without a detour where the amount has at most as many digits as a float64 holds.
func Nearest(v float64) Amount {
	const scale, exact = 1e6, 1 << 53
	if n := math.Round(v * scale); math.Abs(n) < exact {
		return Amount{decimal128.FromI64(int64(n))}
	}
	return FromFloat(Round(v))
}
