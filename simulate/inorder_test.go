package simulate

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// slowest makes early pieces take longest, so that later ones overtake them.
func slowest(n int) func() func(int, *int) error {
	return func() func(int, *int) error {
		return func(i int, out *int) error {
			time.Sleep(time.Duration(n-i) * time.Second)
			*out = i
			return nil
		}
	}
}

// synctest fails where a goroutine stays behind, so each of these tests also
// shows that none does.

func TestInOrder(t *testing.T) {
	for _, workers := range []int{1, 3, 40} {
		synctest.Test(t, func(t *testing.T) {
			var got []int
			err := inOrder(t.Context(), 20, workers, slowest(20), func(i *int) error {
				got = append(got, *i)
				return nil
			})
			require.NoError(t, err)
			require.Len(t, got, 20)
			require.IsIncreasing(t, got)
		})
	}
}

// Memory is flat because no more than two pieces a worker are ever under way,
// even when whoever uses them is slow.
func TestInOrderIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const workers = 3
		places := map[*int]bool{}
		err := inOrder(t.Context(), 100, workers, slowest(1), func(i *int) error {
			time.Sleep(time.Hour)
			places[i] = true
			return nil
		})
		require.NoError(t, err)
		require.LessOrEqual(t, len(places), 2*workers)
	})
}

func TestInOrderErrors(t *testing.T) {
	fails := func() func(int, *int) error {
		return func(i int, _ *int) error {
			if i == 5 {
				return errFull
			}
			return nil
		}
	}
	synctest.Test(t, func(t *testing.T) {
		used := 0
		err := inOrder(t.Context(), 20, 3, fails, func(*int) error { used++; return nil })
		require.ErrorIs(t, err, errFull)
		require.Equal(t, 5, used)
	})
	synctest.Test(t, func(t *testing.T) {
		err := inOrder(t.Context(), 20, 3, slowest(20), func(*int) error { return errFull })
		require.ErrorIs(t, err, errFull)
	})
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		err := inOrder(ctx, 20, 2, slowest(20), func(*int) error { return nil })
		require.ErrorIs(t, err, context.DeadlineExceeded)
	})
}
