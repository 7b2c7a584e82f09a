//go:build !linux

package ledger

import "os"

func identityOf(info os.FileInfo) identity {
	return identity{size: info.Size(), written: info.ModTime().UnixNano()}
}
