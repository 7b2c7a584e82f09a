package digest_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/internal/digest"
)

// The SHA-256 of "abc" is the first example of FIPS 180-4.
func TestOfFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "abc")
	require.NoError(t, os.WriteFile(path, []byte("abc"), 0o600))
	sha, bytes, err := digest.OfFile(path)
	require.NoError(t, err)
	require.EqualValues(t, 3, bytes)
	require.Equal(t, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", sha)

	_, _, err = digest.OfFile(path + "x")
	require.ErrorIs(t, err, fs.ErrNotExist)
}
