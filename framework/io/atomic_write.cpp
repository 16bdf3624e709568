#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/io/atomic_write.hpp>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <random>
#include <system_error>
#include <utility>

namespace xgrad {
namespace {

using Content = std::function<void(const WriteBytes&)>;
using Status = struct stat;

[[noreturn]] void fail(const std::filesystem::path& path, int reason) {
  throw FileError(
      fmt::format("{}: cannot write the file: {}; check that its folder exists, may be written to and has space",
                  path.string(), std::generic_category().message(reason)));
}

/// What has that name, links followed.
std::optional<Status> status_of(const std::filesystem::path& path) {
  Status status{};
  if (stat(path.c_str(), &status) == 0) return status;
  if (errno != ENOENT) fail(path, errno);
  return std::nullopt;
}

std::filesystem::path folder_of(const std::filesystem::path& path) {
  return path.has_parent_path() ? path.parent_path() : ".";
}

/// Where a link leads, also when nothing is there yet.
std::filesystem::path without_links(const std::filesystem::path& path) {
  constexpr int most_links = 40;  // as the kernel has it
  auto target = path;
  for (int links = 0; std::filesystem::is_symlink(target); ++links) {
    if (links == most_links) fail(path, ELOOP);
    target = folder_of(target) / std::filesystem::read_symlink(target);
  }
  return target;
}

bool is_replaced(const Status& status) {
  if (!S_ISREG(status.st_mode)) return false;
  for (const int stream : {STDOUT_FILENO, STDERR_FILENO}) {
    Status open{};
    if (fstat(stream, &open) == 0 && open.st_dev == status.st_dev && open.st_ino == status.st_ino) return false;
  }
  return true;
}

/// An open file, which is closed in any case. After a failure, `errno` says why.
class File {
 public:
  File(const std::filesystem::path& path, int flags, mode_t mode = 0)
      : descriptor_(open(path.c_str(), flags | O_WRONLY | O_CLOEXEC | O_NOCTTY, mode)) {}
  ~File() {
    if (is_open()) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  bool is_open() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }

  bool write(std::span<const std::byte> bytes) const {
    while (!bytes.empty()) {
      const auto written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return false;
      bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return true;
  }

  bool close() { return ::close(std::exchange(descriptor_, -1)) == 0; }

 private:
  int descriptor_;
};

/// Writes what `write_content` gives into a file; errors are said to be of `path`.
void fill(const File& file, const std::filesystem::path& path, const Content& write_content) {
  write_content([&](std::span<const std::byte> bytes) {
    if (!file.write(bytes)) fail(path, errno);
  });
}

void write_in_place(const std::filesystem::path& path, const Content& write_content) {
  File file(path, O_APPEND);
  if (!file.is_open()) fail(path, errno);
  fill(file, path, write_content);
  if (!file.close()) fail(path, errno);
}

/// A name for a new file in the folder of `path`, which no other process on any machine uses.
std::filesystem::path part_name(const std::filesystem::path& path) {
  std::random_device random;
  return folder_of(path) / fmt::format(".xgrad-{:08x}{:08x}.part", random(), random());
}

void replace(const std::filesystem::path& path, const std::optional<Status>& old, const Content& write_content) {
  const auto target = without_links(path);
  const auto part = part_name(target);
  File file(part, O_CREAT | O_EXCL, 0666);
  if (!file.is_open()) fail(path, errno);
  try {
    if (old) {
      // Only root may give a file away; the mode stays with whoever owns it.
      [[maybe_unused]] const int given = fchown(file.descriptor(), old->st_uid, old->st_gid);
      if (fchmod(file.descriptor(), old->st_mode & 0777) != 0) fail(path, errno);
    }
    fill(file, path, write_content);
    // On the disk before the rename, or a power cut could leave the new name with no content.
    if (fsync(file.descriptor()) != 0 || !file.close() || rename(part.c_str(), target.c_str()) != 0) fail(path, errno);
  } catch (...) {
    unlink(part.c_str());
    throw;
  }
}

/// Throws unless the file may be written. Returns what has that name now.
std::optional<Status> writable_status(const std::filesystem::path& path) {
  const auto status = status_of(path);
  if (status && S_ISDIR(status->st_mode)) fail(path, EISDIR);
  if (status && access(path.c_str(), W_OK) != 0) fail(path, errno);
  if (status && !is_replaced(*status)) return status;
  if (!path.has_filename()) fail(path, ENOENT);
  if (access(folder_of(without_links(path)).c_str(), W_OK | X_OK) != 0) fail(path, errno);
  return status;
}

}  // namespace

void expect_writable(const std::filesystem::path& path) { writable_status(path); }

void write_atomically(const std::filesystem::path& path, const Content& write_content) {
  const auto status = writable_status(path);
  if (status && !is_replaced(*status)) {
    write_in_place(path, write_content);
  } else {
    replace(path, status, write_content);
  }
}

void write_atomically(const std::filesystem::path& path, std::initializer_list<std::span<const std::byte>> parts) {
  write_atomically(path, [&](const WriteBytes& write) {
    for (const auto part : parts) write(part);
  });
}

}  // namespace xgrad
