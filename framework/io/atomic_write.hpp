#pragma once

#include <cstddef>
#include <filesystem>
#include <initializer_list>
#include <span>

namespace xgrad {

/// Writes the parts, one after the other, to a file beside `path` and renames it: `path` holds its old content or the
/// whole new one at any moment. Throws FileError when the file cannot be written; nothing is left behind then.
void write_atomically(const std::filesystem::path& path, std::initializer_list<std::span<const std::byte>> parts);

}  // namespace xgrad
