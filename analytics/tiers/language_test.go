package tiers

import (
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/internal/wording"
)

// A night in another language says what the night before remembered in its own words. What
// a version before remembered is English, and is no part of a sentence in Chinese.
func TestReasonsThatWereRemembered(t *testing.T) {
	en, zh := wording.In("en"), wording.In("zh")
	why := wording.Clause("tier.open", "tier", "gold")
	require.Equal(t, "gold is open to everybody", en.Remembered(sayable(why, en)))
	require.Equal(t, "gold面向所有客户", zh.Remembered(sayable(why, zh)))
	old := "spend 500 in the 12 months to 2026-03-01, gold asks for 400; a\\b"
	require.Equal(t, old, en.Remembered(sayable(old, en)))
	require.Empty(t, sayable(old, zh))
	require.Empty(t, sayable("", en))
}
