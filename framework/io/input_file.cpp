#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/io/input_file.hpp>

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <limits>
#include <system_error>

namespace xgrad {

struct InputFile::State {
  explicit State(std::filesystem::path name);
  ~State();
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  std::size_t read_stored(std::span<std::byte> bytes);
  std::size_t read_inflated(std::span<std::byte> bytes);

  /// Skips zeros in `buffer`; true when nothing else is left in it.
  bool skip_zeros();

  /// Reads the next piece of the file into `buffer`; none is left when `stream.avail_in` stays 0.
  void refill();
  [[noreturn]] void fail_to(const char* verb) const;
  [[noreturn]] void reject_gzip(const char* received) const;
  [[noreturn]] void fail_for_memory() const;

  std::filesystem::path path;
  std::FILE* file;
  std::array<unsigned char, 1 << 16> buffer;
  // Also the cursor in `buffer` when the file is not gzip.
  z_stream stream{};
  bool gzip = false;
  bool member_ended = false;
};

InputFile::State::State(std::filesystem::path name) : path(std::move(name)), file(std::fopen(path.c_str(), "rb")) {
  if (!file) fail_to("open");
  try {
    refill();
    gzip = stream.avail_in >= 2 && buffer[0] == 0x1f && buffer[1] == 0x8b;
    // 16 asks zlib for gzip's header and checksum, 15 is the largest window.
    if (gzip && inflateInit2(&stream, 16 + 15) == Z_MEM_ERROR) fail_for_memory();
  } catch (...) {
    std::fclose(file);
    throw;
  }
}

InputFile::State::~State() {
  if (gzip) inflateEnd(&stream);
  std::fclose(file);
}

void InputFile::State::fail_to(const char* verb) const {
  throw FileError(fmt::format("{}: cannot {} the file: {}; check the name and the permissions", path.string(), verb,
                              std::generic_category().message(errno)));
}

void InputFile::State::reject_gzip(const char* received) const {
  throw FormatError(
      fmt::format("{}: expected whole gzip data, received {}; fetch the file again", path.string(), received));
}

void InputFile::State::fail_for_memory() const {
  throw MemoryError(fmt::format("{}: no memory to undo gzip, which takes about 50 kB", path.string()));
}

void InputFile::State::refill() {
  const auto count = std::fread(buffer.data(), 1, buffer.size(), file);
  if (std::ferror(file)) fail_to("read");
  stream.next_in = buffer.data();
  stream.avail_in = static_cast<uInt>(count);
}

bool InputFile::State::skip_zeros() {
  auto* const end = stream.next_in + stream.avail_in;
  stream.next_in = std::find_if(stream.next_in, end, [](unsigned char byte) { return byte != 0; });
  stream.avail_in = static_cast<uInt>(end - stream.next_in);
  return stream.avail_in == 0;
}

std::size_t InputFile::State::read_stored(std::span<std::byte> bytes) {
  const auto buffered = std::min<std::size_t>(bytes.size(), stream.avail_in);
  std::copy_n(reinterpret_cast<const std::byte*>(stream.next_in), buffered, bytes.begin());
  stream.next_in += buffered;
  stream.avail_in -= static_cast<uInt>(buffered);

  const auto rest = bytes.subspan(buffered);
  const auto count = std::fread(rest.data(), 1, rest.size(), file);
  if (std::ferror(file)) fail_to("read");
  return buffered + count;
}

std::size_t InputFile::State::read_inflated(std::span<std::byte> bytes) {
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    if (stream.avail_in == 0) refill();
    if (stream.avail_in == 0) {
      if (member_ended) break;
      reject_gzip("data that ends too early");
    }
    // A gzip file may be several gzip files one after the other, and end with zeros that fill a block of a tape.
    if (member_ended && skip_zeros()) continue;
    if (member_ended) inflateReset(&stream);

    const auto space = std::min<std::size_t>(bytes.size() - filled, std::numeric_limits<uInt>::max());
    stream.next_out = reinterpret_cast<unsigned char*>(bytes.data() + filled);
    stream.avail_out = static_cast<uInt>(space);
    const int result = inflate(&stream, Z_NO_FLUSH);
    filled += space - stream.avail_out;
    if (result == Z_MEM_ERROR) fail_for_memory();
    if (result != Z_OK && result != Z_STREAM_END) reject_gzip(stream.msg ? stream.msg : "data zlib cannot undo");
    member_ended = result == Z_STREAM_END;
  }
  return filled;
}

InputFile::InputFile(std::filesystem::path path) : state_(std::make_unique<State>(std::move(path))) {}

InputFile::~InputFile() = default;

std::size_t InputFile::read(std::span<std::byte> bytes) {
  return state_->gzip ? state_->read_inflated(bytes) : state_->read_stored(bytes);
}

const std::filesystem::path& InputFile::path() const { return state_->path; }

}  // namespace xgrad
