#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <span>

namespace xgrad {

/// Writes the parts, one after the other, to the file `path`. A regular file holds its old content or the whole new one
/// at any moment: the parts go to a new file in its folder, which takes its mode, as far as possible its owner, and its
/// place; where `path` is a symbolic link, the place of the link's target. Whatever else has that name (a device, a
/// pipe) and files that are the standard output or error of the process are written to as they are. Throws FileError
/// when the file cannot be written; nothing is left behind then.
void write_atomically(const std::filesystem::path& path, std::initializer_list<std::span<const std::byte>> parts);

/// Appends bytes to the file that is being written.
using WriteBytes = std::function<void(std::span<const std::byte>)>;

/// The same for content that is too much to be held at once: `write_content` is given the function by which it writes
/// piece by piece. When that throws, a regular file is as it was; a device or pipe has received the pieces so far.
void write_atomically(const std::filesystem::path& path, const std::function<void(const WriteBytes&)>& write_content);

/// Throws FileError when `write_atomically` would not be allowed to write `path`, before the work whose result goes
/// there is done. Changes nothing.
void expect_writable(const std::filesystem::path& path);

}  // namespace xgrad
