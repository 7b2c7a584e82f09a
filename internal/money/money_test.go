package money_test

import (
	"testing"

	"github.com/apache/arrow-go/v18/arrow/decimal128"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"clientele/internal/money"
)

func micros(n int64) money.Amount { return money.Of(decimal128.FromI64(n)) }

func TestMoneyText(t *testing.T) {
	for _, c := range []struct {
		n    int64
		want string
	}{
		{0, "0.00"},
		{12_300_000, "12.30"},
		{1_000, "0.001"},
		{-1, "-0.000001"},
		{-1_500_000, "-1.50"},
		{100_000_000_000_000, "100000000.00"},
		{123_456_789, "123.456789"},
	} {
		require.Equal(t, c.want, micros(c.n).String())
		text, err := micros(c.n).MarshalText()
		require.NoError(t, err)
		require.Equal(t, c.want, string(text))
	}
}

func TestMoneyArithmetic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const most = 1 << 52 // so that a float64 holds sums exactly
		a, b := rapid.Int64Range(-most, most).Draw(t, "a"), rapid.Int64Range(-most, most).Draw(t, "b")
		require.Equal(t, micros(a+b), micros(a).Plus(micros(b)))
		require.Equal(t, micros(a-b), micros(a).Minus(micros(b)))
		require.Equal(t, micros(a).Plus(micros(a)).Plus(micros(a)), micros(a).Times(3))
		require.InDelta(t, float64(a)/1e6, micros(a).Float(), 1e-15*float64(most))
		require.Equal(t, micros(a), money.Of(micros(a).Num()))
	})
}

// A float that is the nearest to an amount of so many places comes back as
// that amount.
func TestMoneyFromFloat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(-1e14, 1e14).Draw(t, "n")
		require.Equal(t, micros(n).String(), money.FromFloat(float64(n)/1e6).String())
	})
	require.Equal(t, "0.00", money.FromFloat(1e300).String())
}

func TestMoneyOver(t *testing.T) {
	of := func(millionths int64) money.Amount { return money.Of(decimal128.FromI64(millionths)) }
	for _, c := range []struct{ amount, by, want int64 }{
		{10, 2, 5}, {10, 4, 3}, {-10, 4, -3}, {10, 3, 3}, {11, 3, 4}, {-11, 3, -4}, {0, 7, 0}, {1, 3, 0}, {-1, 2, -1},
	} {
		require.Equal(t, of(c.want), of(c.amount).Over(c.by), "%d / %d", c.amount, c.by)
	}
}

// The parts of an amount add up to it, and differ by a millionth at most.
func TestMoneyPart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole, n := micros(rapid.Int64Range(0, 1e15).Draw(t, "whole")), rapid.Int64Range(1, 50).Draw(t, "n")
		least, most := whole.Part(n-1, n), whole.Part(0, n)
		require.Contains(t, []money.Amount{micros(0), micros(1)}, most.Minus(least))
		var sum money.Amount
		for k := range n {
			part := whole.Part(k, n)
			require.Contains(t, []money.Amount{least, most}, part)
			sum = sum.Plus(part)
		}
		require.Equal(t, whole, sum)
	})
}

// What is written is read back to the same amount, however large.
func TestMoneyReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := money.Of(decimal128.New(rapid.Int64Range(-1e15, 1e15).Draw(t, "high"), rapid.Uint64().Draw(t, "low")))
		text, err := m.MarshalText()
		require.NoError(t, err)
		var back money.Amount
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, m, back)
	})
	for _, text := range []string{"", "x", "1e99", "NaN"} {
		require.Error(t, new(money.Amount).UnmarshalText([]byte(text)), text)
	}
}

// The mean is rounded once, half away from zero, to the places that are asked for, however
// large the sum.
func TestMean(t *testing.T) {
	for _, c := range []struct {
		sum    string
		n      int64
		places int
		want   string
	}{
		{"37.51", 3, 2, "12.50"},
		{"0.03", 2, 2, "0.02"},
		{"-0.03", 2, 2, "-0.02"},
		{"1", 3, 0, "0.00"},
		{"10", 3, 6, "3.333333"},
		{"0.0149", 1, 2, "0.01"},
		{"99999999999999999999999999.999999", 1, 2, "100000000000000000000000000.00"},
		{"9223372036854.775807", 1, 2, "9223372036854.78"},
	} {
		var sum money.Amount
		require.NoError(t, sum.UnmarshalText([]byte(c.sum)))
		require.Equal(t, c.want, sum.Mean(c.n, c.places).String(), c.sum)
	}
}
