package wording

import (
	"fmt"
	"strconv"
	"testing"
)

// BenchmarkAppend says a reason as it is written for every customer, beside the same by
// fmt, and as it is remembered: what is to be read is the ratio.
func BenchmarkAppend(b *testing.B) {
	b.Run("fmt", func(b *testing.B) {
		buffer := make([]byte, 0, 128)
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			n := 300 + i&1023
			buffer = fmt.Appendf(buffer[:0], "usually every %s", inDays(n))
			buffer = fmt.Appendf(buffer, ", last order %s", inDays(n)+" ago")
		}
	})
	b.Run("wording", func(b *testing.B) {
		say := In("en")
		buffer := make([]byte, 0, 128)
		b.ReportAllocs()
		for i := 0; b.Loop(); i++ {
			n := Plain(300 + i&1023)
			buffer = say.AppendTo(buffer[:0], "reason.gap.usual", "days", n)
			buffer = say.AppendOf(buffer, "reason.last", "ago", "days", n)
		}
	})
}

func inDays(n int) string {
	if n == 1 {
		return "1 day"
	}
	return strconv.Itoa(n) + " days"
}
