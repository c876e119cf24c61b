## Хранится: версии, журнал, копии

house-versions-about = Все версии дома, прошлые и будущие: кто ввёл и зачем; и дом одним файлом, вместе с сотрудниками.
house-version = Версия { $version }
house-holds-from = с { $date }
house-holds-always = с самого начала
house-published-by = ввёл { $name }, { $date }
house-take-back = Отозвать
house-take-back-sure = Да, отозвать
house-taken-back = Отозвано за столом
house-download = Дом одним файлом
house-record-about = Кто вошёл или пытался и кто что изменил. Хранится год; строку убрать нельзя.
house-record-of = О ком
house-everybody = все
house-no-record = О них записей нет.
house-backups-about = Можно ли вернуть книгу, если эта машина пропадёт.
house-backed-up =
    Последняя копия от **{ $when }**; { $count ->
        [one] хранится { $count }.
        [few] хранятся { $count }.
       *[other] хранятся { $count }.
    }
house-never-backed-up = Копии **ещё нет**. Первая будет сделана ночью, в папку из MAITRED_BACKUPS.
house-step-backup = Создание
house-step-read-back = Проверка чтением
house-step-ok = в последний раз удалось { $when }
house-step-never = ещё не делалось
house-step-failing =
    не удаётся с { $when }, { $count ->
        [one] { $count } раз.
        [few] { $count } раза.
       *[other] { $count } раз.
    }
house-step-why = Машина отвечает:
house-step-overdue = Давно пора повторить: задана ли ещё MAITRED_BACKUPS?
house-files = Файлы
house-no-files = Файлов нет.
