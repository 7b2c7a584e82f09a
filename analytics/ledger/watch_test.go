package ledger

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestWatchTellsEveryMebibyte(t *testing.T) {
	var told []int64
	w := &watch{total: 3<<20 + 5, tell: func(read, _ int64) { told = append(told, read) }}
	for range 6 {
		w.add(1 << 19)
	}
	w.add(3)
	w.add(2 << 20) // a file that grows while it is read
	require.Equal(t, []int64{1 << 20, 2 << 20, 3 << 20, 3<<20 + 5}, told)

	w.again()
	w.add(1 << 20)
	require.Equal(t, int64(1<<20), told[4], "the exports are read once more")

	var nobody *watch
	nobody.add(1)
	nobody.again()
}
