#pragma once

#include <stdexcept>
#include <string>

namespace xgrad {

/// Base of everything xgrad throws on purpose. The text of every error says where it happened (operator, layer or
/// file), what was expected, what was received and, when it is known, how to fix it.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Shapes that do not fit an operator, a layer or a compiled function.
class ShapeError : public Error {
 public:
  using Error::Error;
};

/// Element types that do not fit; nothing is ever cast silently.
class DTypeError : public Error {
 public:
  using Error::Error;
};

/// An option, label or element whose value lies outside what is allowed.
class ValueError : public Error {
 public:
  using Error::Error;
};

/// A derivative that does not exist: no rule, no path from the loss, or a loss that is not a scalar.
class GradientError : public Error {
 public:
  using Error::Error;
};

/// A call at the wrong time: `fit` before `compile`, `value` of a tensor that is no parameter.
class StateError : public Error {
 public:
  using Error::Error;
};

/// A file whose content breaks its format: bad magic, impossible size, truncation, wrong checksum.
class FormatError : public Error {
 public:
  using Error::Error;
};

/// A file or folder that cannot be opened, read or written.
class FileError : public Error {
 public:
  using Error::Error;
};

/// Memory that the system does not give.
class MemoryError : public Error {
 public:
  using Error::Error;
};

/// Numbers that a computation cannot go on with: a loss that is not a number, the inverse of a singular matrix.
class NumericError : public Error {
 public:
  using Error::Error;
};

}  // namespace xgrad
