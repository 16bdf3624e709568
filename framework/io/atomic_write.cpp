#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/io/atomic_write.hpp>

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <system_error>

namespace xgrad {
namespace {

/// A name beside `path` that no other thread or process writes to.
std::filesystem::path part_name(const std::filesystem::path& path) {
  static std::atomic<unsigned> count{0};
  auto name = path;
  name += fmt::format(".{}-{}.part", getpid(), count++);
  return name;
}

bool write_file(const std::filesystem::path& path, std::initializer_list<std::span<const std::byte>> parts) {
  std::FILE* file = std::fopen(path.c_str(), "wbx");
  if (!file) return false;
  bool written = true;
  for (auto part : parts) {
    // An empty span may be null, which fwrite does not take.
    written = written && (part.empty() || std::fwrite(part.data(), 1, part.size(), file) == part.size());
  }
  // On the disk before the rename, or a power cut could leave the new name with no content.
  written = written && std::fflush(file) == 0 && fsync(fileno(file)) == 0;
  const int reason = errno;
  const bool closed = std::fclose(file) == 0;
  if (!written) errno = reason;
  return written && closed;
}

}  // namespace

void write_atomically(const std::filesystem::path& path, std::initializer_list<std::span<const std::byte>> parts) {
  const auto part = part_name(path);
  if (write_file(part, parts) && std::rename(part.c_str(), path.c_str()) == 0) return;

  const auto reason = std::generic_category().message(errno);
  std::error_code ignored;
  std::filesystem::remove(part, ignored);
  throw FileError(
      fmt::format("{}: cannot write the file: {}; check that its folder exists, may be written to and has space",
                  path.string(), reason));
}

}  // namespace xgrad
