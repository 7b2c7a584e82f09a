package ledger

import (
	"os"
	"syscall"
)

func identityOf(info os.FileInfo) identity {
	is := identity{size: info.Size(), written: info.ModTime().UnixNano()}
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		is.device, is.inode, is.changed = s.Dev, s.Ino, s.Ctim.Nano()
	}
	return is
}
