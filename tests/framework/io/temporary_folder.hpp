#pragma once

#include <xgrad/framework/io/atomic_write.hpp>

#include <cstdlib>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

namespace xgrad::test {

/// A new folder that is gone with everything in it when the object dies.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    auto name = (std::filesystem::temp_directory_path() / "xgrad-test-XXXXXX").string();
    if (!mkdtemp(name.data())) throw std::runtime_error("cannot make the folder " + name);
    path_ = name;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  const std::filesystem::path& path() const { return path_; }

  /// The path of a file in the folder that holds `content`.
  std::filesystem::path file(std::string_view name, std::string_view content) const {
    write_atomically(path_ / name, {std::as_bytes(std::span(content))});
    return path_ / name;
  }

 private:
  std::filesystem::path path_;
};

}  // namespace xgrad::test
