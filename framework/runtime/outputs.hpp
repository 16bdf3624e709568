#pragma once

#include <xgrad/framework/core/array.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace xgrad {

/// The results of a call: a vector of arrays, whose elements are moved out of it while it is a temporary, so that
/// `f(x)[0]` is an array and no reference into what is gone at the end of the line.
class Outputs : public std::vector<Array> {
 public:
  using std::vector<Array>::vector;

  Array& operator[](std::size_t index) & { return vector::operator[](index); }
  const Array& operator[](std::size_t index) const& { return vector::operator[](index); }
  Array operator[](std::size_t index) && { return std::move(vector::operator[](index)); }

  /// Throws std::out_of_range.
  Array& at(std::size_t index) & { return vector::at(index); }
  const Array& at(std::size_t index) const& { return vector::at(index); }
  Array at(std::size_t index) && { return std::move(vector::at(index)); }

  Array& front() & { return vector::front(); }
  const Array& front() const& { return vector::front(); }
  Array front() && { return std::move(vector::front()); }

  Array& back() & { return vector::back(); }
  const Array& back() const& { return vector::back(); }
  Array back() && { return std::move(vector::back()); }
};

}  // namespace xgrad
