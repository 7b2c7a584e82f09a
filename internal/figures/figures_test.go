package figures_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/internal/figures"
)

func TestMoneyHidesCentsOfLargeAmounts(t *testing.T) {
	require.Equal(t, "99,999.99", figures.Money(99_999.99))
	require.Equal(t, "100,000", figures.Money(100_000))
	require.Equal(t, "-100,000", figures.Money(-100_000))
	require.Equal(t, "1,180,591,620,717,411,303,424", figures.Money(1<<70), "more than a whole number of 64 bits")
	require.Equal(t, "-1,180,591,620,717,411,303,424", figures.FormatOf(-1<<70).Money(-1<<70))
	require.Equal(t, "0.50", figures.FormatOf(0.5, 3).Money(0.5))
	require.Equal(t, "1", figures.FormatOf(0.5, 300_000).Money(0.5), "those of one column are written alike")
}

func TestCountAndPercent(t *testing.T) {
	require.Equal(t, "1,234,567", figures.Count(1_234_567))
	require.Equal(t, "-1,234", figures.Count(-1_234))
	require.Equal(t, "12.3%", figures.Percent(0.1234))
	require.Equal(t, "100.0%", figures.Percent(1))
}

func TestDigitsHaveNoExponent(t *testing.T) {
	require.Equal(t, "0.5074", figures.Digits(0.50741, 4))
	require.Equal(t, "61600000", figures.Digits(61_598_765, 3))
	require.Equal(t, "1000000", figures.Digits(1e6, 3))
	require.Equal(t, "0.000001", figures.Digits(1e-6, 3))
	require.Equal(t, "-46700", figures.Digits(-46_699, 4))
	require.Equal(t, "NaN", figures.Digits(math.NaN(), 4))
}
