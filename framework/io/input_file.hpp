#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>

namespace xgrad {

/// A file read once from front to back. Gzip is undone on the way; its first two bytes tell it, not the name of the
/// file.
class InputFile {
 public:
  /// Throws FileError when the file cannot be opened or read.
  explicit InputFile(std::filesystem::path path);
  ~InputFile();

  /// Fills `bytes` and returns how many it filled: fewer than asked for only where the file ends. Holds no more than a
  /// small buffer, whatever the file claims. Throws FileError when the file cannot be read, and FormatError when gzip
  /// data is corrupt or cut short, or is followed by something else.
  std::size_t read(std::span<std::byte> bytes);

  const std::filesystem::path& path() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace xgrad
